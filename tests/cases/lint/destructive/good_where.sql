delete from private.t where id = 1;
update private.t set a = 1 where id = 1;
update private.t set a = s.a from private.s where s.id = t.id;
delete from private.t using private.s where s.id = t.id;
