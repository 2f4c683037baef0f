create table t (id int);
create function next_no() returns int language sql as 'select 5';
alter table t add column no int default next_no();
create table u (id int default next_no() primary key);
