alter table orders add column cancelled_at timestamptz;
alter table orders add constraint cancelled_has_date check (status <> 'cancelled' or cancelled_at is not null);
