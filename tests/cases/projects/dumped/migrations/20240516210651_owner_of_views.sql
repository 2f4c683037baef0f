alter view public.overdue owner to postgres;
alter view public.overdue set (security_invoker = true);
grant select on public.overdue to authenticated;
