create table fee_schedule (
  valid_from date primary key,
  percent numeric(4, 2) not null,
  fixed numeric(6, 2) not null default 0.00
);
insert into fee_schedule values ('2023-01-01', 5.00, 0.30);
alter table fee_schedule enable row level security;
create policy "fees are public" on fee_schedule for select using (true);
