create table kept (id int primary key);
create table gone (id int primary key);
create publication pub for table kept, gone;
create publication only_gone for table gone;
