-- clusters: two
create role app login;
alter role app in database postgres set work_mem = '8MB';
