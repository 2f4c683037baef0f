CREATE INDEX CONCURRENTLY conversations_buyer_last ON public.conversations (buyer, last_message_at DESC NULLS LAST);
CREATE INDEX CONCURRENTLY conversations_seller_last ON public.conversations (seller, last_message_at DESC NULLS LAST);
