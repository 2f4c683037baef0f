-- first migration after we linked the project; guests, rooms and bookings were made in the dashboard
alter table public.guests add column if not exists loyalty_points integer not null default 0;
alter table public.guests add constraint guests_points_not_negative check (loyalty_points >= 0);
