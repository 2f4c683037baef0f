create role plain;
create role app login createdb createrole noinherit connection limit 5 valid until '2030-01-01 00:00:00+00';
create role replicator replication bypassrls;
comment on role app is 'the app''s own login';
