create table m (id bigint, at date not null, r text) partition by range (at);
create table m_1 partition of m for values from ('2020-01-01') to ('2021-01-01');
create table m_2 partition of m for values from ('2021-01-01') to ('2022-01-01');
create index m_at on m (at);
alter table m add primary key (id, at);
create table loose (id bigint not null, at date not null, r text);
