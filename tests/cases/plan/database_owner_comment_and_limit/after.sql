create role owner_of_all;
alter database postgres owner to owner_of_all;
alter database postgres connection limit 50;
comment on database postgres is 'ours';
