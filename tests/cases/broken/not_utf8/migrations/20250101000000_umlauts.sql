create table public.users (id int primary key);
comment on table public.users is 'Müller';
