create type pt as (a int, b text);
create table t of pt (primary key (a), b with options default 'x');
comment on column t.b is 'bb';
