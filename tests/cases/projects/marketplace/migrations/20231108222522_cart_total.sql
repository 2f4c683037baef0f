create function cart_total() returns numeric language sql stable as $$
  select coalesce(sum(l.effective_price * c.quantity), 0)
    from cart_items c join listings l on l.id = c.listing_id where c.user_id = auth.uid()
$$;
