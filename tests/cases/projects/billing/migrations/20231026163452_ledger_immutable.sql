create function billing.forbid_change() returns trigger language plpgsql as $$
begin
  raise exception '% on %.% is not allowed; book a reversal', tg_op, tg_table_schema, tg_table_name
    using errcode = 'restrict_violation';
end $$;

create trigger ledger_append_only
  before update or delete on billing.ledger_entries
  for each row execute function billing.forbid_change();

create trigger ledger_no_truncate
  before truncate on billing.ledger_entries_2023
  for each statement execute function billing.forbid_change();
