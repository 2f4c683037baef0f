create role one;
create role two;
alter database postgres owner to two;
grant connect on database postgres to one;
