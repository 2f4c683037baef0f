create role team;
create role ann;
create role ben noinherit;
create role cay;
grant team to ann with inherit true, set false;
grant team to ben with inherit true;
grant team to cay;
