insert into notification_settings (user_id) select id from profiles on conflict do nothing;
