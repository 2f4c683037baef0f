create table public.direct_pairs (
    a uuid not null references public.users on delete cascade,
    b uuid not null references public.users on delete cascade,
    room_id uuid not null unique references public.rooms on delete cascade,
    primary key (a, b),
    check (a < b)
);
alter table public.direct_pairs enable row level security;

create or replace function public.open_direct_room(other uuid)
returns uuid language plpgsql security definer set search_path = public as $$
<<fn>>
declare
    me uuid := auth.uid();
    lo uuid := least(me, other);
    hi uuid := greatest(me, other);
    room uuid;
begin
    select p.room_id into fn.room from direct_pairs p where p.a = lo and p.b = hi;
    if found then
        return room;
    end if;
    insert into rooms (kind, created_by) values ('direct', me) returning id into room;
    insert into room_members (room_id, user_id) values (room, me), (room, other);
    insert into direct_pairs values (lo, hi, room);
    return room;
end $$;
