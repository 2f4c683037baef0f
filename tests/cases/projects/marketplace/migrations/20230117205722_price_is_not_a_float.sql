-- 19.99 came back as 19.989999771118164
alter table listings alter column price type numeric(10, 2) using round(price::numeric, 2);
