create role app;
set allow_in_place_tablespaces = on;
-- alone
create tablespace fast owner app location '' with (effective_io_concurrency = 10, random_page_cost = 1.2);
