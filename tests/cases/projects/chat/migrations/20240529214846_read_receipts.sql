create table public.read_receipts (
    room_id uuid not null,
    user_id uuid not null,
    last_read_at timestamptz not null default now(),
    primary key (room_id, user_id),
    constraint read_receipts_member_fk
        foreign key (room_id, user_id) references public.room_members (room_id, user_id)
        on update cascade on delete cascade
);
alter table public.read_receipts enable row level security;
create policy "own receipt" on public.read_receipts for all to authenticated
    using (user_id = auth.uid()) with check (user_id = auth.uid());
create policy "receipts of own rooms" on public.read_receipts for select to authenticated
    using (public.is_room_member(room_id));

create or replace function public.mark_read(room uuid, at timestamptz default now()) returns void
language sql as $$
    insert into public.read_receipts (room_id, user_id, last_read_at)
    values (room, auth.uid(), at)
    on conflict (room_id, user_id)
    do update set last_read_at = greatest(read_receipts.last_read_at, excluded.last_read_at);
$$;
