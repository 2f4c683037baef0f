alter table public."Objekte" enable row level security;
create policy "Everyone can see it; really" on public."Objekte" for select using (true);
create policy "Kuratorinnen dürfen ""alles""" on public."Objekte" for all to authenticated
    using ((auth.jwt() ->> 'role') = 'kurator;in')
    with check ((auth.jwt() ->> 'role') = 'kurator;in');
create policy "it's public" on public.rooms for select to anon, authenticated using (name !~ '^\s*;');
