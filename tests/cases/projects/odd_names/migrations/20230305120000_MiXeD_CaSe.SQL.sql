create table public."MixedCase" ("Id" int4 primary key, "camelCase" text, snake_case text, "UPPER" text);
alter table public."MixedCase" rename column "camelCase" to "PascalCase";
alter table public."MixedCase" rename to "mixedCASE";
