alter type public.mood rename value 'glad' to 'happy';
update private.t set mood = 'happy' where mood = 'sad';
