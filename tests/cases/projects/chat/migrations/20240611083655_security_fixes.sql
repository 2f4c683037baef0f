-- advisor: function_search_path_mutable, and anon must not call these
alter function public.mark_read(uuid, timestamptz) set search_path = '';
alter function public.search_messages(text, uuid) set search_path = '';
revoke execute on function public.open_direct_room(uuid), public.mark_read(uuid, timestamptz), public.search_messages(text, uuid) from anon, public;
grant execute on function public.open_direct_room(uuid), public.mark_read(uuid, timestamptz), public.search_messages(text, uuid) to authenticated;

do $$
declare
    r record;
begin
    for r in
        select p.polname as name, c.relname as tbl
          from pg_policy p join pg_class c on c.oid = p.polrelid
         where c.relnamespace = 'public'::regnamespace
           and pg_get_expr(p.polqual, p.polrelid) = '(user_id = auth.uid())'
    loop
        execute format('alter policy %I on public.%I using (user_id = (select auth.uid()))', r.name, r.tbl);
    end loop;
end $$;
