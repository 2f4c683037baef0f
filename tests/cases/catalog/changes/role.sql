-- case: created
create role app_new;
-- expect: added role app_new
-- undo
drop role app_new;

-- case: superuser
alter role app_writer superuser;
-- expect: changed role app_writer: superuser
-- undo
alter role app_writer nosuperuser;

-- case: noinherit
alter role app_writer noinherit;
-- expect: changed role app_writer: inherit
-- undo
alter role app_writer inherit;

-- case: createrole
alter role app_writer createrole;
-- expect: changed role app_writer: create_role
-- undo
alter role app_writer nocreaterole;

-- case: createdb
alter role app_writer createdb;
-- expect: changed role app_writer: create_db
-- undo
alter role app_writer nocreatedb;

-- case: login
alter role app_reader login;
-- expect: changed role app_reader: login
-- undo
alter role app_reader nologin;

-- case: replication
alter role app_writer replication;
-- expect: changed role app_writer: replication
-- undo
alter role app_writer noreplication;

-- case: bypassrls
alter role app_writer bypassrls;
-- expect: changed role app_writer: bypass_rls
-- undo
alter role app_writer nobypassrls;

-- case: connection limit
alter role app_writer connection limit 6;
-- expect: changed role app_writer: connection_limit
-- undo
alter role app_writer connection limit 5;

-- case: valid until
alter role app_writer valid until '2030-01-01';
-- expect: changed role app_writer: valid_until
-- undo
update pg_authid set rolvaliduntil = null where rolname = 'app_writer';

-- case: comment
comment on role app_writer is 'x';
-- expect: changed role app_writer: comment
-- undo
comment on role app_writer is null;

-- case: membership granted
grant app_owner to app_reader;
-- expect: added role_membership app_reader in app_owner
-- undo
revoke app_owner from app_reader;

-- case: membership with admin option
grant app_reader to app_writer with admin option;
-- expect: changed role_membership app_writer in app_reader: admin
-- undo
revoke admin option for app_reader from app_writer;

-- case: membership without inheriting
-- from: 16
grant app_reader to app_writer with inherit false;
-- expect: changed role_membership app_writer in app_reader: inherit
-- undo
grant app_reader to app_writer with inherit true;

-- case: membership without set
-- from: 16
grant app_reader to app_writer with set false;
-- expect: changed role_membership app_writer in app_reader: set
-- undo
grant app_reader to app_writer with set true;

-- case: setting
alter role app_reader set statement_timeout = '4s';
-- expect: changed role_setting app_reader: settings
-- undo
alter role app_reader set statement_timeout = '3s';

-- case: setting added
alter role app_writer set lock_timeout = '4s';
-- expect: added role_setting app_writer
-- undo
alter role app_writer reset lock_timeout;

-- case: setting in this database
alter role app_reader in database :DATABASE set work_mem = '9MB';
-- expect: changed role_setting app_reader in this database: settings
-- undo
alter role app_reader in database :DATABASE set work_mem = '8MB';

-- case: database setting
alter database :DATABASE set statement_timeout = '1min';
-- expect: changed database_setting this database: settings
-- undo
alter database :DATABASE reset statement_timeout;

-- case: setting for all
alter role all set lock_timeout = '4s';
-- expect: added database_setting all databases
-- undo
alter role all reset lock_timeout;

-- case: database granted
grant create on database :DATABASE to app_owner;
-- expect: changed database this database: acl
-- undo
revoke create on database :DATABASE from app_owner;

-- case: database's connection limit
alter database :DATABASE connection limit 50;
-- expect: changed database this database: connection_limit
-- undo
alter database :DATABASE connection limit -1;

-- case: database's comment
comment on database :DATABASE is 'x';
-- expect: changed database this database: comment
-- undo
comment on database :DATABASE is null;

-- case: database's owner
alter database :DATABASE owner to app_owner;
-- expect: changed database this database: owner
-- undo
alter database :DATABASE owner to supabase_admin;

-- case: parameter granted
grant set on parameter work_mem to app_writer;
-- expect: added parameter_grant work_mem
-- undo
revoke set on parameter work_mem from app_writer;

-- case: parameter's grant changed
grant alter system on parameter log_min_messages to app_writer;
-- expect: changed parameter_grant log_min_messages: acl
-- undo
revoke alter system on parameter log_min_messages from app_writer;

-- case: membership of another grantor
-- from: 16
grant app_reader to app_owner with admin option;
grant app_reader to app_writer granted by app_owner;
-- expect: added role_membership app_owner in app_reader
-- expect: changed role_membership app_writer in app_reader: grantors
-- undo
revoke app_reader from app_writer granted by app_owner;
revoke app_reader from app_owner;

-- case: renamed
alter role app_writer rename to app_author;
-- expect: added role app_author
-- expect: added role_membership app_author in app_reader
-- expect: changed column app.customers.name: acl
-- expect: changed column app.customers.notes: acl
-- expect: changed parameter_grant log_min_messages: acl
-- expect: changed policy "own orders" on app.orders: roles
-- expect: removed role app_writer
-- expect: removed role_membership app_writer in app_reader
-- undo
alter role app_author rename to app_writer;

-- case: database is a template
alter database :DATABASE is_template true;
-- expect: changed database this database: template
-- undo
alter database :DATABASE is_template false;

-- case: database lets nobody in
update pg_database set datallowconn = false where datname = current_database();
-- expect: changed database this database: connections_allowed
-- undo
update pg_database set datallowconn = true where datname = current_database();

-- case: membership of two grantors, one of them with more
-- from: 16
create role app_extra;
grant app_owner to app_writer with admin option;
grant app_owner to app_extra;
grant app_owner to app_extra with admin option granted by app_writer;
-- expect: added role app_extra
-- expect: added role_membership app_extra in app_owner
-- expect: added role_membership app_writer in app_owner
-- undo
revoke app_owner from app_extra granted by app_writer;
revoke app_owner from app_extra;
revoke app_owner from app_writer;
drop role app_extra;

-- case: membership revoked
revoke app_reader from app_writer;
-- expect: removed role_membership app_writer in app_reader
-- undo
grant app_reader to app_writer;

-- case: membership in a predefined role
grant pg_read_all_data to app_reader;
-- expect: added role_membership app_reader in pg_read_all_data
-- undo
revoke pg_read_all_data from app_reader;

-- case: setting whose value is secret
alter role app_reader set app.api_key = 'abc';
-- expect: changed role_setting app_reader: settings
-- undo
alter role app_reader reset app.api_key;

-- case: parameter to alter system
grant alter system on parameter work_mem to app_reader with grant option;
-- expect: added parameter_grant work_mem
-- undo
revoke alter system on parameter work_mem from app_reader;

-- case: parameter's grant revoked
revoke set on parameter log_min_messages from app_writer;
-- expect: removed parameter_grant log_min_messages
-- undo
grant set on parameter log_min_messages to app_writer;
