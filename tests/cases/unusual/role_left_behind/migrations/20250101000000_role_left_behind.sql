set role service_role;
select 1;
