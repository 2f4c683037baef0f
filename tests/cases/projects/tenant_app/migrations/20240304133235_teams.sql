create table if not exists public.teams (
    id uuid default gen_random_uuid() not null,
    org_id uuid not null,
    name text not null,
    colour text default '#888888'::text not null,
    constraint teams_pkey primary key (id),
    constraint teams_org_fk foreign key (org_id) references public.organisations (id) on delete cascade,
    constraint teams_colour_hex check (colour ~ '^#[0-9a-f]{6}$')
);

create table if not exists public.team_members (
    team_id uuid not null references public.teams (id) on delete cascade,
    user_id uuid not null,
    org_id uuid not null,
    primary key (team_id, user_id),
    foreign key (org_id, user_id) references public.memberships (org_id, user_id) on delete cascade
);

alter table public.teams enable row level security;
alter table public.team_members enable row level security;

do $$
declare t text;
begin
  foreach t in array array['teams', 'team_members'] loop
    execute format(
      'create policy %I on public.%I for select to authenticated using (org_id in (select app_private.org_ids_of_current_user()))',
      t || '_read', t);
    execute format(
      'create policy %I on public.%I for all to authenticated using (app_private.has_org_role(org_id, ''{owner,admin}''))',
      t || '_write', t);
  end loop;
end $$;
