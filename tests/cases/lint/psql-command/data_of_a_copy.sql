create table if not exists private.t (id int);
copy private.t (id) from stdin;
1
2
\.
-- expect: 5 psql-command
