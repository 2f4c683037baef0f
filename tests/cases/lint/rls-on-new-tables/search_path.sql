set search_path = private;
create table if not exists a (id int primary key);
set search_path to public, extensions;
create table if not exists b (id int primary key);
-- expect: 4 rls-on-new-tables
