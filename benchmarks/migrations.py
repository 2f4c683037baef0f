"""A folder of as many migrations as wanted, of the kinds that teams write most: what is measured is running them."""

from __future__ import annotations

from pathlib import Path

_TABLE = """\
create table if not exists public.things_{n} (
    id uuid primary key default gen_random_uuid(),
    owner uuid not null references auth.users (id) on delete cascade,
    title text not null,
    amount numeric(12, 2) not null default 0 check (amount >= 0),
    created_at timestamptz not null default now()
);
create index if not exists things_{n}_owner on public.things_{n} (owner);
alter table public.things_{n} enable row level security;
drop policy if exists "own things_{n}" on public.things_{n};
create policy "own things_{n}" on public.things_{n} for all to authenticated using (owner = (select auth.uid()));
"""
_COLUMN = """\
alter table public.things_{t} add column if not exists note_{n} text;
comment on column public.things_{t}.note_{n} is 'Added by {n}';
"""
_FUNCTION = """\
create or replace function public.count_{n}() returns bigint language sql stable set search_path = '' as $$
    select count(*) from public.things_{t} where amount > {n};
$$;
grant execute on function public.count_{n}() to authenticated;
"""
_VIEW = """\
create or replace view public.seen_{n} with (security_invoker = true) as
    select id, title, amount from public.things_{t} where amount > {n};
insert into public.things_{t} (owner, title) select id, 'first' from auth.users;
"""
_INDEX = """\
create index if not exists things_{t}_by_{n} on public.things_{t} (created_at desc) where amount > {n};
alter table public.things_{t} alter column title set default 'n{n}';
"""
_KINDS = (_TABLE, _COLUMN, _FUNCTION, _VIEW, _INDEX)


def write(folder: Path, count: int) -> list[Path]:
    """Writes them; their paths in order. A table to begin with, then four changes of it, and so on."""
    folder.mkdir(parents=True)
    files = []
    for n in range(count):
        path = folder / f"{20250600000000 + n}_step_{n}.sql"
        path.write_text(_KINDS[n % len(_KINDS)].format(n=n, t=n - n % len(_KINDS)))
        files.append(path)
    return files
