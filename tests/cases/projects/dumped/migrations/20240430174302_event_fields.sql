-- unqualified again: the settings of the pull above must not reach this file
alter table events rename column branch to branch_id;
alter table events add column ends_at timestamptz, add check (ends_at > starts_at);
alter table events alter column starts_at set not null;
create index on events (starts_at);
