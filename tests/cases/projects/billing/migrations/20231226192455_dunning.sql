create type billing.dunning_level as enum ('reminder', 'warning', 'collection');

create table billing.dunning_steps (
  id         bigserial primary key,
  invoice_id uuid not null references billing.invoices on delete cascade,
  level      billing.dunning_level not null,
  fee        numeric(6,2) not null default 0.00,
  sent_at    timestamptz not null default now(),
  unique (invoice_id, level)
);

create or replace procedure billing.run_dunning(inout sent int default 0)
language plpgsql as $$
declare
  r record;
begin
  for r in
    select i.id, current_date - i.due_on as days
      from billing.invoices i
     where i.status = 'open' and i.due_on < current_date - 3
  loop
    insert into billing.dunning_steps (invoice_id, level, fee)
    values (
      r.id,
      case when r.days > 40 then 'collection' when r.days > 17 then 'warning' else 'reminder' end::billing.dunning_level,
      case when r.days > 17 then 5 else 0 end
    )
    on conflict do nothing;
    if found then
      sent := sent + 1;
    end if;
  end loop;
end $$;
