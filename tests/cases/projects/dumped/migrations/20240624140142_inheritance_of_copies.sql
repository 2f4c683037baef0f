create table public.audio_books (
  minutes integer not null check (minutes > 0),
  narrator text
) inherits (public.copies);
alter table public.audio_books add primary key (id);
alter table public.audio_books enable row level security;
create policy audio_read on public.audio_books for select using (true);
