create role app;
set allow_in_place_tablespaces = on;
-- alone
create tablespace fast location '' with (random_page_cost = 1.1);
-- alone
grant create on tablespace fast to app;
comment on tablespace fast is 'the quick disk';
