create table a (id int primary key);
create publication everything for table a;
create publication empty_one for all tables with (publish = 'insert');
comment on publication empty_one is 'no longer empty';
