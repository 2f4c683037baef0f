create extension postgres_fdw;
create server srv foreign data wrapper postgres_fdw options (host 'a');
create foreign table f (id int options (column_name 'x'), b text) server srv options (table_name 'tt');
