create or replace function public.ensure_message_partitions(months_ahead int default 3)
returns int
language plpgsql
security definer
set search_path = ''
as $$
declare
    first_day date;
    part text;
    made int := 0;
begin
    for i in 0 .. months_ahead loop
        first_day := (date_trunc('month', now()) + make_interval(months => i))::date;
        part := format('messages_%s', to_char(first_day, 'YYYY_MM'));
        if to_regclass('public.' || part) is null then
            execute format(
                'create table public.%I partition of public.messages for values from (%L) to (%L)',
                part, first_day, (first_day + interval '1 month')::date);
            execute format('alter table public.%I enable row level security', part);
            made := made + 1;
        end if;
    end loop;
    return made;
end;
$$;

revoke all on function public.ensure_message_partitions(int) from public, anon, authenticated;
