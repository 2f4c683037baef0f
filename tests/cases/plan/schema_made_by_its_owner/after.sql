create schema kept authorization bob;
create schema made authorization alice;
grant usage on schema made to carol;
comment on schema made is 'alice''s';
