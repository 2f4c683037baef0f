alter table addresses add column phone text;
comment on column addresses.phone is $$For the carrier only; don't show it to the seller$$;
