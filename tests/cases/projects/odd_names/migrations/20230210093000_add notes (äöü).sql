alter table public.besuche add column notiz text collate "C" default '–';
comment on column public.besuche.notiz is E'Zeile\tmit Tab und \u00fcber\U0001F600';
