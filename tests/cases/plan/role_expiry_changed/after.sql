create role contractor login;
create role employee login valid until '2031-06-30 00:00:00+00';
