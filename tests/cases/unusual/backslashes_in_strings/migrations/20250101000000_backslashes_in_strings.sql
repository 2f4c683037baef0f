create schema if not exists private;
create table if not exists private.t (id int primary key, note text);
insert into private.t values (1, 'a
\connect is text here
\.
');
