create foreign data wrapper one;
create foreign data wrapper two;
create server s foreign data wrapper one;
grant usage on foreign server s to alice;
create user mapping for public server s;
