alter table orders add column fee numeric(10, 2);
update orders set fee = fee_for(total, created_at::date);
