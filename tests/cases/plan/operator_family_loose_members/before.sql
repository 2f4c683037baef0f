create operator family public.ints using btree;
create operator class public.int4s for type int using btree family public.ints as operator 1 <, operator 3 =, function 1 btint4cmp(int, int);
alter operator family public.ints using btree add operator 1 < (int, bigint), function 1 (int, bigint) btint48cmp(int, bigint);
