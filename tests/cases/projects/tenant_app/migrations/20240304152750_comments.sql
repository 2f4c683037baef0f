create table public.comments (
  id         uuid primary key default gen_random_uuid(),
  task_id    bigint not null references public.tasks on delete cascade,
  author_id  uuid not null default auth.uid() references public.profiles,
  body       text not null check (length(trim(body)) > 0),
  mentions   uuid[] not null default '{}',
  edited_at  timestamptz,
  created_at timestamptz not null default now()
);
create index comments_task_idx on public.comments (task_id, created_at desc);
create index comments_mentions_idx on public.comments using gin (mentions);
alter table public.comments enable row level security;

create function app_private.can_see_task(_task bigint) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select 1 from public.tasks t join public.projects p on p.id = t.project_id
     where t.id = _task
       and p.org_id in (select app_private.org_ids_of_current_user()))
$$;

create policy comments_read on public.comments for select to authenticated
  using (app_private.can_see_task(task_id));
create policy comments_write on public.comments for insert to authenticated
  with check (author_id = (select auth.uid()) and app_private.can_see_task(task_id));
create policy comments_edit_own on public.comments for update to authenticated
  using (author_id = (select auth.uid()))
  with check (author_id = (select auth.uid()));
create policy comments_delete_own on public.comments for delete to authenticated
  using (author_id = (select auth.uid()));
