alter database postgres set timezone to 'Europe/Vienna';
alter database postgres set idle_session_timeout = '1h';
alter role job_worker set work_mem = '64MB';
alter role reporting in database postgres set default_transaction_read_only = on;
