alter type public.mood add value 'sad';
insert into public.days values (1, 'sad');
