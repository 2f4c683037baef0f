create role app login;
alter role app set search_path = app, "Mixed Case", "$user";
alter role app set temp_tablespaces = '';
create role bare login;
alter role bare set search_path = '';
