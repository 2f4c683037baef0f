create function private.purge_carts(older_than interval) returns integer language plpgsql as $$
declare n integer;
begin
  delete from public.cart_items where added_at < now() - older_than;
  get diagnostics n = row_count;
  return n;
end $$;
