create role librarian_app nologin;
grant librarian_app to authenticator;
grant usage on schema public, catalogue to librarian_app;
grant select, insert, update on all tables in schema catalogue to librarian_app;
grant usage on all sequences in schema catalogue to librarian_app;
alter default privileges in schema catalogue grant select, insert, update on tables to librarian_app;
