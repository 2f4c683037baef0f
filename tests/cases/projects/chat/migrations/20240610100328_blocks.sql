create table public.blocks (
    blocker uuid not null default auth.uid() references public.users on delete cascade,
    blocked uuid not null references public.users on delete cascade,
    primary key (blocker, blocked),
    check (blocker <> blocked)
);
alter table public.blocks enable row level security;
create policy "own blocks" on public.blocks for all to authenticated using (blocker = auth.uid());

create policy "hide blocked authors" on public.messages as restrictive for select to authenticated
    using (not exists (select 1 from public.blocks b where b.blocker = (select auth.uid()) and b.blocked = author_id));
