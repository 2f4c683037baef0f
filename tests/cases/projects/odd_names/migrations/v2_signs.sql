-- starts with a letter: skipped
create table public.rooms ();
