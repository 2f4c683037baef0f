alter table public.users add constraint one_mail unique (mail);
