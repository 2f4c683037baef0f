create table b (id int primary key);
alter table b enable row level security;
