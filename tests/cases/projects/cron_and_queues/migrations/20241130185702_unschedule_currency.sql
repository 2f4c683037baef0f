select cron.unschedule('currency-rates');
drop function internal.fetch_currency_rates();
