create table public.members (team bigint, member text, role text);
create table public.docs (id int, team bigint);
alter table public.docs enable row level security;
create policy team on public.docs using (exists (select from public.members m where m.team = docs.team and m.member = current_user and m.role = 'x'));
