create operator family public.ints using btree;
create operator class public.int4s for type int using btree family public.ints as operator 1 <, operator 3 =, function 1 btint4cmp(int, int);
create operator class public.int8s for type bigint using btree family public.ints as operator 1 <, function 1 btint8cmp(bigint, bigint);
alter operator family public.ints using btree add operator 1 < (bigint, int), operator 3 = (bigint, int), function 1 (bigint, int) btint84cmp(bigint, int);
