create table public.projects (
  id          bigint generated always as identity primary key,
  org_id      uuid not null references public.organisations (id) on delete cascade,
  name        text not null,
  description text,
  archived_at timestamptz,
  created_by  uuid references public.profiles (id) on delete set null default auth.uid(),
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  unique (org_id, name)
);

create index on public.projects (org_id) where archived_at is null;

alter table public.projects enable row level security;

create policy projects_select on public.projects for select to authenticated
  using (org_id in (select app_private.org_ids_of_current_user()));
create policy projects_insert on public.projects for insert to authenticated
  with check (org_id in (select app_private.org_ids_of_current_user()));
create policy projects_update on public.projects for update to authenticated
  using (org_id in (select app_private.org_ids_of_current_user()));
create policy projects_delete on public.projects for delete to authenticated
  using (app_private.has_org_role(org_id, '{owner,admin}'));

create trigger projects_updated_at before update on public.projects
  for each row execute function public.set_updated_at();
