create or replace view public.threads with (security_invoker) as
    with recursive t as (
        select m.id, m.id as root, m.room_id, m.sent_at, 0 as depth
          from public.messages m where m.reply_to is null
        union all
        select m.id, t.root, m.room_id, m.sent_at, t.depth + 1
          from public.messages m join t on m.reply_to = t.id
         where t.depth < 20
    )
    select root, room_id, count(*) - 1 as replies, max(sent_at) as last_at, max(depth) as depth
      from t group by root, room_id having count(*) > 1;

grant select on public.threads to authenticated;
revoke all on public.threads from anon;
