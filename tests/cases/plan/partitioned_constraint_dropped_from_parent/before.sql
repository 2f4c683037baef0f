create table m (id int, constraint m_pk primary key (id)) partition by list (id);
create table m1 partition of m for values in (1);
