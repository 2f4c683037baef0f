create type room_kind as enum ('public', 'private', 'direct');

create table rooms (
    id uuid primary key default gen_random_uuid(),
    kind room_kind not null default 'public',
    name text,
    topic text,
    created_by uuid default auth.uid() references users (id) on delete set null,
    created_at timestamptz not null default now(),
    constraint rooms_named check (kind = 'direct' or name is not null)
);

create table room_members (
    room_id uuid not null references rooms (id) on delete cascade,
    user_id uuid not null references users (id) on delete cascade,
    is_moderator bool not null default false,
    muted_until timestamptz,
    joined_at timestamptz not null default now(),
    primary key (room_id, user_id)
);
create index on room_members (user_id);

alter table rooms enable row level security;
alter table room_members enable row level security;
