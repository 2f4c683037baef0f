-- clusters: two
create role app login createdb connection limit 5;
create role batch nologin bypassrls;
