create table public.events (id bigint, kind text) partition by list (kind);
create index events_id on public.events (id);
create table public.events_rest (id bigint, kind text);
create index rest_id_idx on public.events_rest (id);
alter table public.events attach partition public.events_rest default;
