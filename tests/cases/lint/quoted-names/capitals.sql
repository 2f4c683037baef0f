create table if not exists private."Orders" (id int, "createdAt" timestamptz);
alter table private.t add column if not exists "user" text;
create or replace view private."my view" as select 1 as a;
-- expect: 1 quoted-names
-- expect: 2 quoted-names
-- expect: 3 quoted-names
