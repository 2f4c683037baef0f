alter table listings add column hidden_at timestamptz, add column hidden_reason text;
alter policy "published listings are public" on listings using (status <> 'draft' and hidden_at is null);
