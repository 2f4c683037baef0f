alter table listings add column stock integer not null default 1 check (stock >= 0);
