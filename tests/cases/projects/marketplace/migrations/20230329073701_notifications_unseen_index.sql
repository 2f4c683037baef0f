create index notifications_unseen on notifications (user_id) where seen_at is null;
