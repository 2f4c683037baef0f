create table m (id int, v text) partition by list (id);
create table m1 partition of m for values in (1);
create index my_name on m1 (v);
create index m_v on m (v);
alter table m1 add constraint my_key primary key (id);
alter table m add primary key (id);
