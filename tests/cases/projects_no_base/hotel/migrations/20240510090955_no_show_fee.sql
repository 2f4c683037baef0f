alter table public.bookings add column no_show_fee numeric(8, 2);
alter table public.bookings add constraint fee_only_for_no_show check (no_show_fee is null or status = 'no_show');
