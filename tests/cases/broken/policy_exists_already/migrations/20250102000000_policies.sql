create policy "Anyone reads" on public.orders for select to anon using (true);
