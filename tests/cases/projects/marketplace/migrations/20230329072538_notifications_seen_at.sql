alter table notifications add column seen_at timestamptz;
update notifications set seen_at = created_at where seen;
alter table notifications drop column seen;
