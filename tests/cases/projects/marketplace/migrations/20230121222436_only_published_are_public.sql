drop policy "listings are public" on listings;
create policy "published listings are public" on listings for select using (status <> 'draft');
