create table t (id int, stays int, extra numeric(10,2) default 0 not null, more text);
comment on column t.extra is 'money';
