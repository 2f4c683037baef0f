create table m (id int primary key, v text) partition by range (id);
create index m_v on m (v);
create table m1 partition of m for values from (1) to (10);
create table m2 (id int primary key, v text);
create index m2_v_idx on m2 (v);
