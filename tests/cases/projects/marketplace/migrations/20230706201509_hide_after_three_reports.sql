create function hide_reported() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if (select count(*) from public.reports where listing_id = new.listing_id and not handled) >= 3 then
    update public.listings set hidden_at = now(), hidden_reason = 'reported'
     where id = new.listing_id and hidden_at is null;
  end if;
  return null;
end $$;
create trigger reports_hide after insert on reports for each row when (new.listing_id is not null) execute function hide_reported();
