drop index if exists public.users_display_name_trgm_idx;
alter table public.users alter column display_name drop default;
update public.users set display_name = handle where display_name = '';
alter table public.users add constraint users_display_name_not_blank check (btrim(display_name) <> '') not valid;
