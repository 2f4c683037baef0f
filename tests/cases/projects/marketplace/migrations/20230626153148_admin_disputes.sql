create policy "admins decide disputes" on disputes for update to authenticated using (is_admin()) with check (is_admin());
