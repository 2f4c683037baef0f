create schema app;
create table app.parent (id int primary key, note text);
create table app.orders (
  id int generated always as identity primary key, parent int constraint to_parent references app.parent,
  total numeric default 0 constraint positive check (total >= 0), "Odd ""Column""" text, double int generated always as (2) stored,
  constraint once unique (parent, total)
);
create index by_note on app.parent (note);
create function app.touch() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger touched before update on app.orders for each row execute function app.touch();
create policy "only mine" on app.orders using (true);
create rule quiet as on delete to app.parent do instead nothing;
create statistics app.both on parent, total from app.orders;
create sequence app.numbers;
