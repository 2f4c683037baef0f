-- clusters: two
create role "Role With Space";
create role "user";
create role "it's ""quoted""" login;
