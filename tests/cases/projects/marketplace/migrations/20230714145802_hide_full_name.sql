-- the full name is for the shop that ships the parcel, not for everyone
revoke select on profiles from anon, authenticated;
grant select (id, username, avatar_url, created_at) on profiles to anon, authenticated;
