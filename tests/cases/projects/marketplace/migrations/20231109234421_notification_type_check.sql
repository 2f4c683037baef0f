alter table notifications add constraint notifications_type check (type in ('sold', 'message', 'review', 'dispute', 'price_drop')) not valid;
