create table t (id int, a numeric);
create view v as select id, a from t;
create view w as select a + 1 as b from v;
create materialized view m as select a from v;
create index m_a on m (a);
comment on view w is 'w';
comment on column w.b is 'b';
