create materialized view catalogue.popular as
  select c.title_id, count(*) as loans, max(l.lent_at) as last_lent
    from public.loans l join public.copies c on c.id = l.copy_id
   group by c.title_id
with data;
create unique index on catalogue.popular (title_id);
revoke all on catalogue.popular from anon, authenticated;
grant select on catalogue.popular to service_role;
