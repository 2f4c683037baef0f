create trusted language plmine handler plpgsql_call_handler inline plpgsql_inline_handler validator plpgsql_validator;
comment on language plmine is 'mine';
grant usage on language plmine to pg_monitor;
create function public.in_mine() returns int language plmine as $$ begin return 1; end $$;
create function public.to_sql(internal) returns int language internal strict immutable as 'int4recv';
create transform for int language sql (to sql with function public.to_sql(internal));
comment on transform for int language sql is 'none';
create function public.with_transform(int) returns int language sql transform for type int as 'select 1';
