revoke insert, update, delete, truncate, references, trigger on events from anon;
create policy "Librarians edit events" on events for all to authenticated using (is_librarian()) with check (is_librarian());
