select 'a string that is long enough to be much longer than sixty-three bytes, which no one minds';
create index if not exists orders_by_customer_and_status_and_creation_date_for_the_dashboard_idx
  on private.orders (a);
-- expect: 2 name-too-long
