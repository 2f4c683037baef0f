create operator class public.gint default for type int4 using gist as operator 3 =, storage int8;
