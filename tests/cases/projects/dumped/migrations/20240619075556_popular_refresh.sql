create or replace function catalogue.refresh_popular() returns void language sql security definer
set search_path = catalogue as 'refresh materialized view concurrently catalogue.popular';
revoke all on function catalogue.refresh_popular() from public;
