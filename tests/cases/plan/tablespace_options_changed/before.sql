-- clusters: two
create role app;
set allow_in_place_tablespaces = on;
-- alone
create tablespace fast location '' with (random_page_cost = 1.1, seq_page_cost = 1.0);
