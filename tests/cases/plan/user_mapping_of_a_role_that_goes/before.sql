-- clusters: two
create role old_login;
create foreign data wrapper w;
create server s foreign data wrapper w;
create user mapping for old_login server s;
grant usage on foreign server s to old_login;
