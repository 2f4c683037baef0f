create function public.same(x text, y text) returns boolean language sql immutable as 'select lower($1) = lower($2)';
create operator public.=~= (leftarg = text, rightarg = text, function = public.same, restrict = eqsel);
create table public.t (a text, b text, constraint alike check (a operator(public.=~=) b));
create index on public.t (a) where a operator(public.=~=) 'x';
