-- clusters: two
create role app;
create role batch;
comment on role app is 'before';
