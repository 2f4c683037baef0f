create role team;
create role readers;
create role ann login;
create role ben login;
grant readers to ann;
grant team to ben with admin option;
