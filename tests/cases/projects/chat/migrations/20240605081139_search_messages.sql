create or replace function public.search_messages(query text, in_room uuid default null)
returns table (message_id uuid, room_id uuid, sent_at timestamptz, headline text, rank real)
language plpgsql
stable
as $body$
declare
    q tsquery := websearch_to_tsquery('public.chat', query);
begin
    return query
    select m.id, m.room_id, m.sent_at,
           ts_headline('public.chat', m.body, q, 'StartSel=<mark>, StopSel=</mark>, MaxWords=20'),
           ts_rank_cd(m.search, q)
      from public.messages m
     where m.search @@ q
       and (in_room is null or m.room_id = in_room)
     order by 5 desc, 3 desc
     limit 50;
end
$body$;
