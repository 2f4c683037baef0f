create table m (id int, at date) partition by range (at);
create index m_id on m (id);
create table m1 partition of m for values from ('2024-01-01') to ('2025-01-01');
