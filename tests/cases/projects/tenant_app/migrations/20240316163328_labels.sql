create table public.labels (
  id serial primary key,
  org_id uuid not null references public.organisations on delete cascade,
  name text not null,
  unique nulls not distinct (org_id, name)
);
create table public.task_labels (
  task_id bigint references public.tasks on delete cascade,
  label_id int references public.labels on delete cascade,
  primary key (task_id, label_id)
);
alter table public.labels enable row level security;
alter table public.task_labels enable row level security;
create policy labels_all on public.labels to authenticated
  using (org_id in (select app_private.org_ids_of_current_user()));
create policy task_labels_all on public.task_labels to authenticated
  using (app_private.can_see_task(task_id));
