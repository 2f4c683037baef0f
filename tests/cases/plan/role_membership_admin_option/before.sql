-- clusters: two
create role team;
create role ann;
create role ben;
grant team to ann with admin option;
grant team to ben;
