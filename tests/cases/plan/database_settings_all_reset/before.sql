-- clusters: two
alter database postgres set work_mem = '8MB';
alter database postgres set statement_timeout = '8s';
alter role all in database postgres set lock_timeout = '1s';
