create or replace function notify_seller() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.notifications (user_id, type, data)
  select s.owner, 'sold', jsonb_build_object('order', new.order_id, 'listing', new.listing_id)
    from public.listings l join public.shops s on s.id = l.shop_id
    left join public.notification_settings n on n.user_id = s.owner
   where l.id = new.listing_id and not coalesce('sold' = any (n.muted), false);
  return null;
end $$;
