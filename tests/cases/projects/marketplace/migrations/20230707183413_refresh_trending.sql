create function refresh_trending() returns void language sql security definer set search_path = public as
  'refresh materialized view concurrently trending';
revoke execute on function refresh_trending() from public, anon, authenticated;
