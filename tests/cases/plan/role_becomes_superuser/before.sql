-- clusters: two
create role chief;
