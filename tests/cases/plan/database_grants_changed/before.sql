-- clusters: two
create role app;
create role reader;
grant create on database postgres to app with grant option;
