alter policy "Enable read access for all users" on public.copies rename to "copies are public";
alter policy "copies are public" on public.copies to anon, authenticated using (condition <> 'withdrawn');
alter table public.members force row level security;
alter table public.members no force row level security;
