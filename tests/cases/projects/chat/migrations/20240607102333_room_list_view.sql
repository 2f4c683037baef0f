create view public.room_list with (security_invoker = true) as
select r.id,
       r.kind,
       coalesce(r.name, 'Direct message') as name,
       lm.body     as last_body,
       lm.sent_at  as last_at,
       (select count(*)
          from public.messages m
         where m.room_id = r.id
           and m.sent_at > coalesce(rr.last_read_at, '-infinity'::timestamptz)) as unread
  from public.rooms r
  left join public.read_receipts rr on rr.room_id = r.id and rr.user_id = auth.uid()
  left join lateral (
        select body, sent_at from public.messages m
         where m.room_id = r.id order by sent_at desc limit 1
       ) lm on true;
