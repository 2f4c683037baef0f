grant usage on sequence order_number_seq to service_role;
revoke all on sequence order_number_seq from anon, authenticated;
