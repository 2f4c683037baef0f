create schema app;
create schema "Odd Schema";
create table public.u (id int primary key);
create publication pub for tables in schema app;
create publication mixed for tables in schema app, table public.u;
