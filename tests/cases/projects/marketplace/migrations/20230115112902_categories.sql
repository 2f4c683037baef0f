create table categories (
  id serial primary key,
  parent integer references categories,
  name text not null
);
alter table categories enable row level security;
create policy "categories are public" on categories for select using (true);
