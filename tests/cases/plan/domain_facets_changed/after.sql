create domain public.email as text default 'nobody@example.org' not null constraint has_at check (value like '%@%') constraint short check (length(value) < 100);
comment on constraint has_at on domain public.email is 'an address';
create domain public.age as int constraint adult check (value >= 21);
