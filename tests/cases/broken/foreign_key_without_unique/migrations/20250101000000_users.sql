create table public.users (id uuid primary key, email text);
create table public.mails (address text references public.users (email));
