create table if not exists public.U&"d\0061ta" (id int primary key);
alter table public.data enable row level security;
select U&'\0441\043B\043E\043D', E'\u00e4\n\'';
