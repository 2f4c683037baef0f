create extension hstore;
create foreign data wrapper w;
create server s foreign data wrapper w;
create foreign table far (id int, note text) server s;
create publication pub;
create subscription sub connection 'dbname=nowhere' publication pub with (connect = false);
comment on foreign table far is 'before';
comment on server s is 'before';
