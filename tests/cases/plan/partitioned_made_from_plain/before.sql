create table m (id int primary key, v text default 'x');
create index m_v on m (v);
create view w as select id from m;
create table u (m int references m);
