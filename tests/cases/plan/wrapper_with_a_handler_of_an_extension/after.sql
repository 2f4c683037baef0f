create extension postgres_fdw;
create foreign data wrapper w handler postgres_fdw_handler validator postgres_fdw_validator;
create server s foreign data wrapper w options (host 'h', fetch_size '100');
