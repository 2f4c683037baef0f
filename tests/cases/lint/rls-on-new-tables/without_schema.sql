select 1;
create table "Odd Name" (id int primary key);
-- expect: 2 rls-on-new-tables
