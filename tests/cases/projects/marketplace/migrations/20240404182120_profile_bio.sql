alter table profiles add bio text, add website text check (website ~ '^https://');
grant select (bio, website) on profiles to anon, authenticated;
