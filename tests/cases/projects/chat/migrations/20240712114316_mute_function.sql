create function public.mute(room uuid, who uuid, minutes int) returns timestamptz
language plpgsql security definer set search_path = '' as $$
declare t timestamptz;
begin
    if not public.is_moderator(room) then
        raise exception using errcode = '42501', message = 'moderators only';
    end if;
    update public.room_members
       set muted_until = now() + make_interval(mins => minutes)
     where room_id = room and user_id = who
    returning muted_until into t;
    return t;
end $$;
