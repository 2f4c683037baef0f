create table public.a (id int, extra text);
create sequence public.z_seq;
create table public.z (id int primary key, n int default nextval('public.z_seq'::regclass));
create function public.read_a() returns bigint language sql as 'select count(extra) from a';
create function public.read_z() returns int language sql as 'select n from z';
create function public.next_z() returns bigint language sql as 'select nextval(''public.z_seq'')';
