create role app;
create role reader;
revoke connect, temporary on database postgres from public;
grant connect on database postgres to app, reader;
