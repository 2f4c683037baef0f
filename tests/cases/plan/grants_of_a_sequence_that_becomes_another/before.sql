create sequence numbers as int;
grant usage on sequence numbers to alice;
comment on sequence numbers is 'counts';
create table orders (id int default nextval('numbers'));
