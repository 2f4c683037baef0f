-- from here on the team mostly used the CLI
create table public.besuche (
  id uuid primary key default gen_random_uuid(),
  am date not null default current_date,
  erwachsene int not null default 0,
  kinder int not null default 0,
  gesamt int generated always as (erwachsene + kinder) stored,
  check (erwachsene + kinder > 0)
);
alter table public.besuche enable row level security;
