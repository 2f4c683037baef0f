drop view seller_response_time;
create view seller_response_time with (security_invoker = on) as
with first_reply as (
  select c.id, c.seller, extract(epoch from min(m.sent_at) filter (where m.sender = c.seller) - min(m.sent_at)) / 60 as took
    from conversations c join messages m on m.conversation_id = c.id
   group by c.id, c.seller
)
select seller, round(percentile_cont(0.5) within group (order by took)::numeric) as median_minutes, count(took) as replies
  from first_reply group by seller;
