-- clusters: two
create role owner_of_all;
