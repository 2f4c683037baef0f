create operator class public.gint default for type int4 using gist as operator 3 =, storage int8;
drop operator class public.gint using gist;
alter operator family public.gint using gist add operator 1 <(text, text), function 1 (text, text) bttextcmp(text, text);
