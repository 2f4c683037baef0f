create table public.events (id bigint, kind text) partition by list (kind);
create index events_id on public.events (id);
create table public.events_rest (id bigint, kind text);
create index rest_by_id on public.events_rest (id);
