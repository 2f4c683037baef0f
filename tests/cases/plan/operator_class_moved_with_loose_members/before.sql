create operator class public.gint default for type int4 using gist as operator 3 =, storage int8;
create operator family public.fam using btree;
create operator class public.ops for type int4 using btree family public.fam as
  operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 btint4cmp(int4, int4);
alter operator family public.fam using btree add function 2 (int4, int4) btint4sortsupport(internal);
