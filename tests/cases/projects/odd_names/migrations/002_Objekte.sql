/* Objekte der Sammlung.
   /* verschachtelt; mit Strichpunkt */
   Die Inventarnummer ist nicht der Schlüssel: sie hat sich schon zweimal geändert.
*/
create table public."Objekte" (
    id                bigint generated always as identity primary key,
    "Inventar-Nr."    text not null unique,
    "Titel"           text not null,
    "Höhe (cm)"       numeric(8, 2),
    "Länge"           numeric(8, 2),
    "order"           integer not null default 0,
    "6"" Rahmen"      boolean not null default false,
    raum              integer references public.rooms (nr),
    constraint "Höhe > 0" check ("Höhe (cm)" > 0)
);
create index "Objekte nach Titel" on public."Objekte" ("Titel" text_pattern_ops);
