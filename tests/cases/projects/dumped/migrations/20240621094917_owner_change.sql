-- the catalogue belongs to the librarians' role, as on staging
grant librarian_app to postgres;
grant create on schema catalogue to librarian_app;
alter table catalogue.authors owner to librarian_app;
alter table catalogue.title_authors owner to librarian_app;
revoke create on schema catalogue from librarian_app;
