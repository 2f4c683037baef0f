create extension if not exists pg_trgm with schema extensions;
create extension if not exists "uuid-ossp";
create extension if not exists citext with schema extensions;
create extension if not exists vector with schema extensions;
create table public.docs (id uuid primary key default extensions.uuid_generate_v4(), title extensions.citext, at extensions.vector(3));
alter table public.docs enable row level security;
create index docs_title on public.docs using gin ((title::text) extensions.gin_trgm_ops);
