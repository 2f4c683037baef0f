select 'drop table users;', $$ truncate users; $$;
-- drop table users;
comment on table private.t is 'delete from users';
