create index on messages (conversation_id, sent_at);
