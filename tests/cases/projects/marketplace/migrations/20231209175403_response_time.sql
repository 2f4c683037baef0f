-- Antwortzeit der Verkäufer in Minuten
create view seller_response_time with (security_invoker = on) as
with first_reply as (
  select c.id, c.seller, min(m.sent_at) filter (where m.sender = c.seller) - min(m.sent_at) as took
    from conversations c join messages m on m.conversation_id = c.id
   group by c.id, c.seller
)
select seller, percentile_cont(0.5) within group (order by took) as median, count(took) as replies
  from first_reply group by seller;
