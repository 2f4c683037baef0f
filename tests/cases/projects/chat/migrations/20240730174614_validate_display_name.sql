alter table public.users validate constraint users_display_name_not_blank;
