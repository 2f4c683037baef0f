alter table public.messages detach partition public.messages_2024_05;
create schema if not exists archive;
alter table public.messages_2024_05 set schema archive;
alter table archive.messages_2024_05 rename to messages_y2024m05;
revoke all on archive.messages_y2024m05 from anon, authenticated;
comment on table archive.messages_y2024m05 is 'Detached, read only, kept for a year';
