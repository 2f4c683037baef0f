alter role all set idle_in_transaction_session_timeout = '60s';
alter role all set statement_timeout = '20s';
