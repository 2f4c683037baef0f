alter table public.reactions enable always trigger reactions_removed;
