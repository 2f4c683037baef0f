create index besuche_am on public.besuche (am desc) include (gesamt);
