alter table public.organisations drop column settings;
alter table public.profiles drop column locale, add column preferences jsonb not null default '{"theme": "system"}';
alter type public.org_status rename value 'trial' to 'trialing';
