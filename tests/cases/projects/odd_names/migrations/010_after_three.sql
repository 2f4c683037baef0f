alter table public."Objekte" add column "Künstler_id" integer references public."Künstler" (id);
create index on public."Objekte" ("Künstler_id");
