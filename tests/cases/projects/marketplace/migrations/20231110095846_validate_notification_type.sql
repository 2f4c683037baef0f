delete from notifications where type not in ('sold', 'message', 'review', 'dispute', 'price_drop');
alter table notifications validate constraint notifications_type;
