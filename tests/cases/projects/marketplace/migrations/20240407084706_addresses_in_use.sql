-- orders keep the address even if the buyer removes it from the book
alter table addresses add column removed_at timestamptz;
drop index addresses_one_default;
create unique index addresses_one_default on addresses (user_id) where is_default and removed_at is null;
