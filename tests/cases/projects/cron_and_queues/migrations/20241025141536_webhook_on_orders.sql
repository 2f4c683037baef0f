create trigger "order-webhook"
  after insert or update on api.orders
  for each row
  execute function supabase_functions.http_request(
    'https://hooks.example.invalid/orders',
    'POST',
    '{"Content-type":"application/json","X-Source":"db"}',
    '{}',
    '5000'
  );
