create index users_handle_trgm_idx on public.users using gin (handle extensions.gin_trgm_ops);
create index users_display_name_trgm_idx on public.users using gist (display_name extensions.gist_trgm_ops (siglen = 32));

create or replace function public.find_people(q text, max_rows int default 10)
returns setof public.users
language sql stable
set search_path = public, extensions
as $$
    select u.*
      from users u
     where u.handle % q or u.display_name ilike '%' || q || '%'
     order by greatest(similarity(u.handle, q), similarity(u.display_name, q)) desc
     limit max_rows
$$;
