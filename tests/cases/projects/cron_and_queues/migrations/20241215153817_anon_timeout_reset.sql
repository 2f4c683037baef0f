alter role anon reset statement_timeout;
alter role anon set statement_timeout = '3s';
alter database postgres reset idle_session_timeout;
alter role reporting in database postgres reset default_transaction_read_only;
drop role if exists support_agent_tmp;
