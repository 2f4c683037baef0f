alter table public.guests rename column phone_number to phone;
alter table public.guests alter column phone type text;
create index if not exists guests_phone_idx on public.guests (phone);
