create schema app;
grant usage on schema app to alice with grant option;
grant usage on schema app to public, "Odd Role", "user";
