create function private.audit() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into private.audit (tbl, op, before, after, by)
  values (tg_argv[0], left(tg_op, 1), case tg_op when 'INSERT' then null else to_jsonb(old) end,
          case tg_op when 'DELETE' then null else to_jsonb(new) end, auth.uid());
  return null;
end $$;
create trigger audit after insert or update or delete on payouts for each row execute function private.audit('payouts');
create trigger audit after update or delete on fee_schedule for each row execute function private.audit('fees');
