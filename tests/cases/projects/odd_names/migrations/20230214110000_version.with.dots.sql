create view public."Besuche pro Monat" as
  select date_trunc('month', am)::date as "Monat", sum(gesamt) as "Anzahl", round(avg(gesamt), 1) as "⌀"
    from public.besuche group by 1 order by 1;
