drop view public.werke;
drop function public.a$b$c(int), public.nested();
alter type public."Leih Status" rename value '' to 'unbekannt';
alter type public."Leih Status" rename to leih_status;
