-- clusters: two
alter role all set statement_timeout = '30s';
