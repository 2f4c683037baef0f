create view public.project_overview with (security_invoker = on) as
select
  p.id,
  p.org_id,
  p.name,
  count(t.id) filter (where t.state <> 'done')  as open_tasks,
  count(t.id) filter (where t.state = 'done')   as done_tasks,
  min(t.due_on) filter (where t.state <> 'done') as next_due,
  max(t.updated_at)                              as last_activity
from public.projects p
left join public.tasks t on t.project_id = p.id
where p.archived_at is null
group by p.id;

comment on view public.project_overview is $c$Numbers for the org's start page; honours the caller's RLS$c$;
