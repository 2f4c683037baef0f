create policy "reviews are public" on reviews for select using (true);
create policy "buyers review" on reviews for insert to authenticated
  with check (author = auth.uid() and exists (select from orders o where o.id = order_id and o.buyer = auth.uid()));
