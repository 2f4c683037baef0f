create operator class public.int_ops for type int using btree as operator 1 <, operator 3 =, operator 5 >, function 1 btint4cmp(int, int);
alter operator class public.int_ops using btree owner to pg_monitor;
create operator class public.gist_ops default for type int using gist as operator 3 =, storage bigint;
comment on operator family public.gist_ops using gist is 'family';
