alter type public.mood add value if not exists 'sad';
select 1;
alter table private.t alter column mood
  set default 'sad'::public.mood;
-- expect: 4 enum-value-used
