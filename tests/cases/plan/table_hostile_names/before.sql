create schema "My Schema";
create table "My Schema"."Order" ("select" int primary key, "Weird ""col" text default 'a''b', "x.y" int);
create index "on only idx" on "My Schema"."Order" ("x.y");
