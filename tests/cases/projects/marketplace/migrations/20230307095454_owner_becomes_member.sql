create function add_owner_as_member() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.shop_members values (new.id, new.owner, 'owner') on conflict do nothing;
  return new;
end $$;
create trigger shops_owner_member after insert on shops for each row execute function add_owner_as_member();
