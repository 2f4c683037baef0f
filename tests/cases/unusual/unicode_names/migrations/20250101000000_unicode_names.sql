create table if not exists public."Größe 📏" ("Länge; in m" numeric, "имя" text);
alter table public."Größe 📏" enable row level security;
comment on table public."Größe 📏" is 'Maße — „in Metern“ 🐘';
create view public."ünïcode" with (security_invoker = on) as select "имя" from public."Größe 📏";
