create table events (id int not null, kind int default 3, primary key (id)) partition by range (id);
create table events_first partition of events for values from (1) to (100) partition by hash (id);
create table events_first_0 partition of events_first for values with (modulus 2, remainder 0);
create table events_first_1 partition of events_first for values with (modulus 2, remainder 1);
create table events_rest partition of events default;
create index events_kind on only events (kind);
alter table events add constraint events_id unique (id);
