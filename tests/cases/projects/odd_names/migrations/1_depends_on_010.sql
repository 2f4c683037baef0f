-- "1" comes after "010" as text
alter table public."Objekte" rename column "Künstler_id" to kuenstler_id;
create view public.werke as select o."Titel", k.name as von from public."Objekte" o left join public."Künstler" k on k.id = o.kuenstler_id;
