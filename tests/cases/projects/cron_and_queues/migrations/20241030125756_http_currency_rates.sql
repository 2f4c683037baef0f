create table internal.currency_rates (
  currency char(3) not null,
  day date not null default current_date,
  rate numeric(12, 6) not null,
  primary key (currency, day)
);

create or replace function internal.fetch_currency_rates() returns int
language plpgsql security definer set search_path = '' as $$
declare
  answer extensions.http_response;
  n int;
begin
  answer := extensions.http_get('https://rates.example.invalid/latest?base=EUR');
  if answer.status <> 200 then
    raise warning 'rates: HTTP %', answer.status;
    return 0;
  end if;
  insert into internal.currency_rates (currency, rate)
  select key, value::numeric from jsonb_each_text(answer.content::jsonb -> 'rates')
  on conflict do nothing;
  get diagnostics n = row_count;
  return n;
end $$;

select cron.schedule('currency-rates', '0 6 * * 1-5', 'select internal.fetch_currency_rates()');
