alter table rooms add column pinned uuid[] not null default array[]::uuid[];
alter table rooms add constraint rooms_pinned_max check (cardinality(pinned) <= 20);
comment on column rooms.pinned is 'ids of messages, newest pin first';
