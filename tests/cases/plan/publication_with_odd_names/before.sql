create schema "A.B";
create table "A.B"."t (1)" ("id" int primary key, "where (x)" text);
create publication "Pub ""one""";
