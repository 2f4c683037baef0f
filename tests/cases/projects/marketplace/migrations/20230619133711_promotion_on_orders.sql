alter table orders add column promotion_id uuid references promotions on delete set null;
alter table orders add column discount numeric(10,2) not null default 0 check (discount >= 0);
