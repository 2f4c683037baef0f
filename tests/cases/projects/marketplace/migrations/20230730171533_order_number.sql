begin work;
create sequence order_number_seq start 2300001;
alter table orders add column number text;
update orders set number = 'MP-' || nextval('order_number_seq');
alter table orders alter column number set default 'MP-' || nextval('order_number_seq'), alter column number set not null;
alter sequence order_number_seq owned by orders.number;
end;
