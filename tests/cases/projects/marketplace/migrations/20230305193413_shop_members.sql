create type shop_role as enum ('owner', 'staff');
create table shop_members (
  shop_id bigint references shops on delete cascade,
  user_id uuid references profiles on delete cascade,
  role shop_role not null default 'staff',
  primary key (shop_id, user_id)
);
alter table shop_members enable row level security;
insert into shop_members (shop_id, user_id, role) select id, owner, 'owner' from shops;
