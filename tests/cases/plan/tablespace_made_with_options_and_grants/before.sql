-- clusters: two
create role app;
