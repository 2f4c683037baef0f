create table events (id int not null, kind text default 'note', primary key (id)) partition by range (id);
create table events_first partition of events for values from (1) to (100);
create table events_rest partition of events default;
create index events_kind on only events (kind);
alter table events add constraint events_id unique (id);
