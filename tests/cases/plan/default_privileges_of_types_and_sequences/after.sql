alter default privileges revoke usage on types from public;
alter default privileges grant usage on types to alice;
alter default privileges grant usage on sequences to "user";
create type mood as enum ('sad', 'happy');
create domain positive as int;
create domain open_domain as int;
grant usage on domain open_domain to public;
create sequence numbers owned by none;
alter sequence numbers owner to alice;
