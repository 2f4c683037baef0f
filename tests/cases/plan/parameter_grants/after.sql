create role app;
create role chief;
grant set, alter system on parameter log_min_duration_statement to chief with grant option;
grant set on parameter app.custom to app;
