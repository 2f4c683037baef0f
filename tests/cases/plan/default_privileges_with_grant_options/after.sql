alter default privileges grant select, insert on tables to alice;
alter default privileges for role alice grant execute on functions to bob with grant option;
alter default privileges for role "Odd Role" revoke all on functions from public, "Odd Role";
