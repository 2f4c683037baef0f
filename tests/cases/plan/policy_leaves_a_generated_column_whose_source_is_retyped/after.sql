create table orders (id int not null);
alter table orders enable row level security;
create policy own on orders using (id is not null);
