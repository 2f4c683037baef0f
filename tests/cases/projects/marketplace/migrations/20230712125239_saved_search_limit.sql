create function limit_saved_searches() returns trigger language plpgsql as $$
begin
  if (select count(*) from saved_searches where user_id = new.user_id) >= 20 then
    raise exception 'at most 20 saved searches';
  end if;
  return new;
end $$;
create trigger saved_searches_limit before insert on saved_searches for each row execute procedure limit_saved_searches();
