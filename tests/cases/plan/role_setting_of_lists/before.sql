-- clusters: two
create role app login;
alter role app set search_path = "$user", public;
create role bare login;
