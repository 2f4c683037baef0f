-- clusters: two
create role team;
create role readers;
create role ann login;
create role ben login;
grant readers to team;
grant team to ann;
