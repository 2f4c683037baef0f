create role monitor login;
create role auditor login;
grant pg_read_all_data to auditor;
grant pg_read_all_settings to monitor with admin option;
