create table t (a varchar(20), b varchar, c char(3), n name, k int);
create statistics s on (a in ('x', 'y')), (b = any (array['p', 'q'])) from t;
create index i on t ((a in ('x', 'y'))) where b in ('p', 'q');
alter table t add constraint x exclude using btree (k with =) where (a in ('x', 'y'));
