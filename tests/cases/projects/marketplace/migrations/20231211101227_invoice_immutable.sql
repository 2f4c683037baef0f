create function no_change() returns trigger language plpgsql as $$ begin raise exception '% is immutable', tg_table_name; end $$;
create trigger invoices_immutable before update of no, order_id, shop_id, issued on invoices for each row execute function no_change();
create trigger invoices_keep before delete on invoices for each row execute function no_change();
