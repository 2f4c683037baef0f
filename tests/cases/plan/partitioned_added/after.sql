create table m (id int not null, at date not null, v text default 'x', primary key (id, at)) partition by range (at);
create index m_v on m (v);
create table m1 partition of m for values from ('2024-01-01') to ('2025-01-01');
create table m2 partition of m for values from ('2025-01-01') to ('2026-01-01') partition by list (id);
create table m2a partition of m2 for values in (1, 2);
create table m2b partition of m2 default;
create table md partition of m default;
comment on table m1 is 'one';
