alter publication supabase_realtime add table notifications;
alter publication supabase_realtime drop table messages;
alter publication supabase_realtime add table only messages;
