create index concurrently if not exists messages_2024_06_reply_idx on public.messages_2024_06 (reply_to) where reply_to is not null;
