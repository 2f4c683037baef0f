grant select on public.t to anon;
grant all on public.t to authenticated, service_role;
grant execute on function private.f() to anon;
grant usage on schema public to anon;
revoke all on public.t from anon;
