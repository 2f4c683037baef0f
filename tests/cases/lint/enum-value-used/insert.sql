alter type public.mood add value if not exists 'sad';
insert into private.t (mood) values ('sad');
-- expect: 2 enum-value-used
