-- What a session is: whose, with which rights, on which server. role: what it would SET ROLE to, or ''.
SELECT current_user,
       (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user),
       pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE')
           AND pg_catalog.current_setting('default_transaction_read_only') = 'off',
       %(role)s::text = '' OR EXISTS (
           SELECT FROM pg_catalog.pg_roles
           WHERE rolname = %(role)s::text AND pg_catalog.pg_has_role(current_user, oid, 'MEMBER')
       ),
       pg_catalog.pg_is_in_recovery(),
       pg_catalog.current_setting('server_version'),
       pg_catalog.clock_timestamp(),
       pg_catalog.pg_backend_pid()
