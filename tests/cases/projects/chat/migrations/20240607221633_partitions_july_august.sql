create table public.messages_2024_07 partition of public.messages for values from ('2024-07-01 00:00:00+00') to ('2024-08-01 00:00:00+00');
create table public.messages_2024_08 partition of public.messages for values from ('2024-08-01 00:00:00+00') to ('2024-09-01 00:00:00+00');
alter table public.messages_2024_07 enable row level security;
alter table public.messages_2024_08 enable row level security;
