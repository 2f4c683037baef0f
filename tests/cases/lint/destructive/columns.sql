alter table public.orders
  drop column if exists total,
  drop constraint if exists c;
ALTER TABLE ONLY orders DROP note;
-- expect: 1 destructive
-- expect: 4 destructive
