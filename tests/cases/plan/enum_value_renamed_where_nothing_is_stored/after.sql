create type public.state as enum ('open', 'done');
create view public.states as select 'done'::public.state as s;
