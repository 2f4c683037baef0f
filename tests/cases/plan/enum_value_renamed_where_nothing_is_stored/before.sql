create type public.state as enum ('open', 'closed');
create view public.states as select 'open'::public.state as s;
