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
comment on schema app is 'the schema';
comment on table app.orders is 'the table, it''s \ "quoted"';
comment on column app.orders.total is E'the column\nin two lines';
comment on column app.orders."Odd ""Column""" is 'odd';
comment on column app.orders.double is 'generated';
comment on constraint positive on app.orders is 'a check';
comment on constraint to_parent on app.orders is 'a foreign key';
comment on constraint once on app.orders is 'a unique';
comment on constraint orders_pkey on app.orders is 'the key';
comment on index app.orders_pkey is 'the index of the key';
comment on index app.once is 'the index of the unique';
comment on index app.by_note is 'an index';
comment on function app.touch() is 'a trigger function';
comment on trigger touched on app.orders is 'a trigger';
comment on policy "only mine" on app.orders is 'a policy';
comment on rule quiet on app.parent is 'a rule';
comment on statistics app.both is 'statistics';
comment on sequence app.numbers is 'a sequence';
comment on sequence app.orders_id_seq is 'of an identity column';
