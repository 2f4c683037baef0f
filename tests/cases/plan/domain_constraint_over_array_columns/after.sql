create domain public.tag as text not null constraint lower_case check (value = lower(value));
create table public.items (id int, tags public.tag[]);
