create foreign data wrapper two;
create server s foreign data wrapper two;
grant usage on foreign server s to alice;
create user mapping for public server s;
