-- three was too few: competitors reported each other
create or replace function hide_reported() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if (select count(distinct reporter) from public.reports where listing_id = new.listing_id and not handled) >= 5 then
    update public.listings set hidden_at = now(), hidden_reason = 'reported'
     where id = new.listing_id and hidden_at is null;
  end if;
  return null;
end $$;
