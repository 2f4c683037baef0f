drop rule copies_never_delete on public.copies;
revoke delete on public.copies from anon, authenticated;
