-- clusters: two
create role one;
create role two;
alter database postgres owner to one;
grant connect on database postgres to two with grant option;
revoke create on database postgres from one;
