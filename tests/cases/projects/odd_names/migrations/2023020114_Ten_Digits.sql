create sequence public."Inventar Seq" as integer start 5000 increment 5 minvalue 5000 maxvalue 999995 cycle;
alter table public."Objekte" alter column "Inventar-Nr." set default 'INV/' || to_char(nextval('public."Inventar Seq"'), 'FM000000');
alter sequence public."Inventar Seq" owned by public."Objekte"."Inventar-Nr.";
