-- clusters: two
create role plain;
