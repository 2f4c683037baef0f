-- every 30 seconds was too much for the free plan of the push provider
select cron.schedule('drain-push', '* * * * *', $$select internal.call_edge_function('drain-push', '{"batch": 250}')$$);
