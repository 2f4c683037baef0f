alter event trigger log_drops enable always;
revoke all on internal.ddl_log from public;
