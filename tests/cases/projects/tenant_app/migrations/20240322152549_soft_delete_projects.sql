alter table public.projects add column deleted_at timestamptz;
alter policy projects_select on public.projects
  using (deleted_at is null and org_id in (select app_private.org_ids_of_current_user()));

drop view public.project_overview;
create view public.project_overview with (security_invoker = on) as
select p.id, p.org_id, p.name, p.created_at,
       count(t.*) filter (where t.state <> 'done') as open_tasks,
       count(t.*) filter (where t.state = 'done') as done_tasks,
       min(t.due_on) filter (where t.state <> 'done') as next_due
  from public.projects p left join public.tasks t on t.project_id = p.id
 where p.archived_at is null and p.deleted_at is null
 group by p.id, p.org_id, p.name, p.created_at;
