-- a migration without a name: only the version and the underscore
alter table public.rooms add column beschreibung text;
