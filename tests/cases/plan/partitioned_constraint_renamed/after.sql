create table m (id int, constraint m_pk2 primary key (id)) partition by list (id);
create table m1 partition of m for values in (1);
