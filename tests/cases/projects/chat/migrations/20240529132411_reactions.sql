create table public.reactions (
    message_id uuid not null,
    sent_at timestamptz not null,
    user_id uuid not null default auth.uid() references public.users on delete cascade,
    emoji text not null check (octet_length(emoji) <= 32),
    created_at timestamptz not null default now(),
    primary key (message_id, user_id, emoji),
    foreign key (message_id, sent_at) references public.messages (id, sent_at) on delete cascade
);

alter table public.reactions enable row level security;

create policy "react in own rooms" on public.reactions for all to authenticated
    using (user_id = (select auth.uid()))
    with check (user_id = (select auth.uid()) and exists (
        select 1 from public.messages m where m.id = message_id and public.is_room_member(m.room_id)));

create policy "see reactions" on public.reactions for select to authenticated
    using (exists (select 1 from public.messages m where m.id = message_id));
