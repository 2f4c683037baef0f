do $$
declare
  t text;
begin
  foreach t in array array['disputes', 'dispute_messages', 'orders', 'payments', 'reviews'] loop
    execute format('create policy "admins see everything" on %I for select to authenticated using (is_admin())', t);
  end loop;
end $$;