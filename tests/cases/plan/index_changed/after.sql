create table t (a int, b text, c text);
create index i1 on t (a desc nulls last, b);
create index i2 on t (upper(b)) where a > 1;
create unique index i3 on t (c);
create index i4 on t using btree (b text_pattern_ops);
comment on index i4 is 'four';
