create table if not exists public.orders (id int primary key);
-- expect: 1 rls-on-new-tables
