insert into private.t values (1);
