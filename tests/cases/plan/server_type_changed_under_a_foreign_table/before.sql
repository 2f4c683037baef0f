create foreign data wrapper w;
create server s type 'old' foreign data wrapper w;
create user mapping for alice server s options ("user" 'a');
create foreign table films (id int, title text options (column_name 'name')) server s options (table_name 'films');
grant select on films to alice;
comment on foreign table films is 'far away';
create view titles as select title from films;
