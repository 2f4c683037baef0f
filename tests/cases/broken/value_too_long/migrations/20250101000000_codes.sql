create table public.codes (code varchar(2));
insert into public.codes values ('deu');
