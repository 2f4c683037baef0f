create table public.members (team int, member text);
create table public.docs (id int, team int);
alter table public.docs enable row level security;
create policy team on public.docs using (exists (select from public.members m where m.team = docs.team and m.member = current_user));
