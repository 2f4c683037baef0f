create function notify_seller() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.notifications (user_id, type, data)
  select s.owner, 'sold', jsonb_build_object('order', new.order_id, 'listing', new.listing_id)
    from public.listings l join public.shops s on s.id = l.shop_id
   where l.id = new.listing_id;
  return null;
end $$;
create trigger order_items_notify after insert on order_items for each row execute function notify_seller();
