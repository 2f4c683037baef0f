-- clusters: two
create role app;
create role chief;
grant set on parameter log_min_duration_statement to app;
