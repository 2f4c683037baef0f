create foreign data wrapper w;
create server one foreign data wrapper w;
create server two foreign data wrapper w;
create foreign table far (id int, note text) server one;
grant select on far to alice;
grant update (note) on far to bob;
comment on column far.note is 'far away';
