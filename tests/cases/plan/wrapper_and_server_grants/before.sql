create foreign data wrapper w;
grant usage on foreign data wrapper w to alice;
create server s foreign data wrapper w;
grant usage on foreign server s to bob with grant option;
