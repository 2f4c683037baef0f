create table t (id int primary key, ref int);
create table u (id int primary key, t_id int references t);
alter table t add foreign key (ref) references u;
create view v as select * from t;
create view w as select v.id from v join u using (id);
