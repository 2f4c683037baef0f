alter table categories add column position real not null default 0;
update categories set position = id;
