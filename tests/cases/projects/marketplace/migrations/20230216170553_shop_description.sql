alter table shops
  add column description text,
  add column logo_path text,
  add column vacation boolean default false;
