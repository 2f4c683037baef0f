create sequence s;
grant usage on sequence s to public;
create table t (id serial);
