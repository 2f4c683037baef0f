alter sequence invoice_no_seq cache 1 minvalue 1 maxvalue 99999999;
alter sequence order_number_seq increment by 1 restart with 2400001;
