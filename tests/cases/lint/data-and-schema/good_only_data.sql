insert into private.t values (1);
select setval('private.s', 2);
