do $$
begin
  perform 1;
  update public.shops
  set owner = null;
end $$;
