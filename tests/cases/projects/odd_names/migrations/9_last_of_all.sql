-- "9" is greater than "2023..." as text: this runs last, on every machine
create or replace view public."Leihgaben offen" as
    select l."ID", o."Titel", l."an", upper(l.zeitraum) as "zurück am"
      from public."LEIHGABEN" l join public."Objekte" o on o.id = l.objekt
     where l."STATUS" <> 'zurück; ok';
