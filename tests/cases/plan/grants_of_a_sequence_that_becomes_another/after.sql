create sequence numbers as bigint increment 5;
grant usage, select on sequence numbers to alice;
comment on sequence numbers is 'counts';
create table orders (id bigint default nextval('numbers'));
