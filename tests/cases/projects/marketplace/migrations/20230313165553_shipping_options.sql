create table shipping_options (
  id serial,
  shop_id bigint not null references shops on delete cascade,
  label text not null,
  price numeric(8,2) not null default 0,
  countries char(2)[] not null default '{DE,AT}',
  constraint shipping_options_pk primary key (id)
);
alter table shipping_options enable row level security;
create policy so_read on shipping_options for select using (true);
create policy so_write on shipping_options for all to authenticated using (is_shop_member(shop_id));
