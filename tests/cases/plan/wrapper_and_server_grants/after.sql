create foreign data wrapper w;
grant usage on foreign data wrapper w to alice with grant option;
grant usage on foreign data wrapper w to public;
create server s foreign data wrapper w;
alter server s owner to alice;
grant usage on foreign server s to bob, "user";
create server s2 type 'x' foreign data wrapper w;
grant usage on foreign server s2 to carol;
