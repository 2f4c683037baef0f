create table m (id int primary key, v text default 'x') partition by range (id);
create index m_v on m (v);
create table m1 partition of m for values from (1) to (1000);
create table md partition of m default;
create view w as select id from m;
create table u (m int references m);
