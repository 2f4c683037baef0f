create role alice;
grant create on database postgres to alice;
create table a (id int primary key);
alter table a owner to alice;
create publication pub for table a;
alter publication pub owner to alice;
