create index messages_reply_idx on only public.messages (reply_to) where reply_to is not null;
alter index public.messages_reply_idx attach partition public.messages_2024_06_reply_idx;
