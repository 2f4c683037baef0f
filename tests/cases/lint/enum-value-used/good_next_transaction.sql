begin;
alter type public.mood add value if not exists 'sad';
commit;
insert into private.t (mood) values ('sad');
