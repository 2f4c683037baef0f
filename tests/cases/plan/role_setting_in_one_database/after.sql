create role app login;
alter role app set work_mem = '4MB';
alter role app in database postgres set work_mem = '16MB';
alter role app in database postgres set statement_timeout = '10s';
