create table public."Künstler" (
    id      serial primary key,
    name    text not null,
    -- Lebensdaten: „um 1500“ kommt vor, daher Text
    geboren text,
    gestorben text,
    "größtes Werk" bigint references public."Objekte" on delete set null
);

comment on table public."Künstler" is 'Künstlerinnen, Künstler, Werkstätten – auch 「不詳」 und unbekannte';
insert into public."Künstler" (name, geboren) values
    ('Maria Sibylla Merian', '1647'), ('葛飾北斎', '1760'), ('Έκτωρ Δούκας', 'um 1885'), ('O''Keeffe, Georgia', '1887');
