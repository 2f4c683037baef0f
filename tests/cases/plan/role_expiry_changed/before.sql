-- clusters: two
create role contractor login valid until '2030-01-01 12:00:00+00';
create role employee login;
