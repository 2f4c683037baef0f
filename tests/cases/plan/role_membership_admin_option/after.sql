create role team;
create role ann;
create role ben;
grant team to ann;
grant team to ben with admin option;
