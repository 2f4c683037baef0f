create function shared_wishlist(token text) returns setof listings language sql stable security definer set search_path = public as $$
  select l.* from wishlists w join wishlist_items i on i.wishlist_id = w.id join listings l on l.id = i.listing_id
   where w.share_token = token and l.status = 'published'
$$;
