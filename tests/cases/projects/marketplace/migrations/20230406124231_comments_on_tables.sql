comment on table shops is 'A seller. Has members (shop_members), listings and shipping options.';
comment on table listings is 'Something for sale';
comment on column listings.stock is 'pieces left; 0 does not unpublish';
comment on column orders.total is 'sum of the items without shipping, in the shop''s currency';
