create function decrease_stock() returns trigger language plpgsql security definer as $$
begin
  update public.listings set stock = stock - new.quantity where id = new.listing_id;
  return null;
end $$;
create trigger order_items_stock after insert on order_items for each row execute function decrease_stock();
