create domain public.email as text;
create domain public.age as int default 18 not null constraint adult check (value >= 18);
