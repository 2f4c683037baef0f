do $$ begin
  create type public.task_priority as enum ('low', 'normal', 'high', 'urgent');
exception when duplicate_object then null;
end $$;

alter table public.tasks add column if not exists priority public.task_priority not null default 'normal';
drop index if exists public.tasks_project_state_idx;
create index tasks_board_idx on public.tasks (project_id, state, priority desc, position) include (title);
