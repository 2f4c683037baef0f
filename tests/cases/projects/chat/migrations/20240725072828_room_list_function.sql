drop view public.room_list;

create or replace function public.room_list()
returns table (id uuid, kind public.room_kind, name text, last_at timestamptz, unread bigint)
language sql stable rows 50 cost 500
set search_path = ''
as $$
    select r.id, r.kind, coalesce(r.name, u.display_name, 'Direct message'), max(m.sent_at),
           count(m.id) filter (where m.sent_at > rr.last_read_at)
      from public.rooms r
      join public.room_members me on me.room_id = r.id and me.user_id = auth.uid()
      left join public.room_members o on r.kind = 'direct' and o.room_id = r.id and o.user_id <> auth.uid()
      left join public.users u on u.id = o.user_id
      left join public.read_receipts rr on rr.room_id = r.id and rr.user_id = me.user_id
      left join public.messages m on m.room_id = r.id
     group by r.id, r.kind, r.name, u.display_name
     order by 4 desc nulls last
$$;
