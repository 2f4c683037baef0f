-- clusters: two
-- from: 16
create role team;
create role ann;
create role ben noinherit;
create role cay;
grant team to ann with inherit false, set true;
grant team to ben;
grant team to cay with admin true, inherit false, set false;
