alter table private.t alter column a type text;
alter table private.t alter column a type varchar;
alter table private.t alter column a type numeric;
alter table private.t alter column a type bigint;
alter table private.t alter column a type jsonb using a::jsonb;
