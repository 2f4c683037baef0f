alter table public.tasks rename column body to description;
alter table public.tasks alter column description set default '';
