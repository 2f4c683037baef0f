-- Thumbnails are made by the storage image transformation now.
drop view internal.queue_lengths;
drop policy "workers take thumbnails" on pgmq.q_thumbnails;
select pgmq.drop_queue('thumbnails');

create view internal.queue_lengths as
  select 'emails' as queue, count(*) as waiting, min(enqueued_at) as oldest from pgmq.q_emails
  union all
  select 'push', count(*), min(enqueued_at) from pgmq.q_push;
grant select on internal.queue_lengths to reporting;
