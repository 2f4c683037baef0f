do $$
declare
    d date;
begin
    for d in select generate_series(date '2024-09-01', date '2024-12-01', interval '1 month')::date loop
        execute format(
            'create table if not exists public.messages_%s partition of public.messages for values from (%L) to (%L)',
            to_char(d, 'YYYY_MM'), d::text || ' 00:00:00+00', (d + interval '1 month')::date::text || ' 00:00:00+00');
        execute format('alter table public.messages_%s enable row level security', to_char(d, 'YYYY_MM'));
    end loop;
end $$;
