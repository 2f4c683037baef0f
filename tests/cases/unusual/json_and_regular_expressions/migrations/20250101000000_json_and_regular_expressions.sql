create schema if not exists private;
create table private.j (id int primary key, body jsonb default '{"a": [1, "b;", null]}');
insert into private.j values (1, '{"a\u0062": "\\d+"}');
select body ->> 'a', body #> '{a,0}', body @? '$.a[*] ? (@ > 1)', body ? 'a' from private.j where body::text ~ E'\\$\\$';
