create type public.version as (major int, minor int);
create function public.cmp(a public.version, b public.version) returns int language sql immutable as $$ select 0 $$;
create function public.lt(a public.version, b public.version) returns boolean language sql immutable as $$ select public.cmp(a, b) < 0 $$;
create operator public.<# (leftarg = public.version, rightarg = public.version, function = public.lt);
create operator class public.version_ops for type public.version using btree as operator 1 public.<#, function 1 public.cmp(public.version, public.version);
comment on operator class public.version_ops using btree is 'by number';
