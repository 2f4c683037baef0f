-- The reports are slow, anonymous callers must not be.
alter role anon set statement_timeout = '2s';
alter role authenticated set statement_timeout = '10s';
alter role service_role set statement_timeout = '60s';
alter role authenticated set idle_in_transaction_session_timeout = '30s';
