-- Partitioned by month: old months can be detached and archived without a long DELETE.
create table public.messages (
    id         uuid not null default gen_random_uuid(),
    room_id    uuid not null references public.rooms (id) on delete cascade,
    author_id  uuid references public.users (id) on delete set null,
    body       text not null,
    reply_to   uuid,
    attachments jsonb not null default '[]'::jsonb,
    sent_at    timestamptz not null default now(),
    edited_at  timestamptz,
    primary key (id, sent_at),
    constraint messages_body_length check (char_length(body) <= 8000)
) partition by range (sent_at);

create table public.messages_2024_05 partition of public.messages
    for values from ('2024-05-01 00:00:00+00') to ('2024-06-01 00:00:00+00');
create table public.messages_2024_06 partition of public.messages
    for values from ('2024-06-01 00:00:00+00') to ('2024-07-01 00:00:00+00');
create table public.messages_default partition of public.messages default;

create index messages_room_sent_idx on public.messages (room_id, sent_at desc);
create index messages_author_idx on public.messages (author_id);
alter table public.messages enable row level security;
alter table public.messages_2024_05 enable row level security;
alter table public.messages_2024_06 enable row level security;
alter table public.messages_default enable row level security;
