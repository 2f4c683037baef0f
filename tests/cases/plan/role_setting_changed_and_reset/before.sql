-- clusters: two
create role app login;
create role batch login;
alter role app set statement_timeout = '5s';
alter role app set work_mem = '8MB';
alter role batch set lock_timeout = '1s';
