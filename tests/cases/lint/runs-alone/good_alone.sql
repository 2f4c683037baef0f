set lock_timeout = '5s';
create index concurrently if not exists i on private.t (a);
