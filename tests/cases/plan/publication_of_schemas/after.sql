create schema app;
create schema "Odd Schema";
create table app.t (id int primary key);
create table public.u (id int primary key);
create publication pub for tables in schema "Odd Schema", app;
create publication mixed for tables in schema "Odd Schema", table public.u;
