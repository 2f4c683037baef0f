create table experiments (key text primary key, variants text[] not null default '{a,b}', running boolean not null default true);
insert into experiments (key) values ('checkout-one-page'), ('search-sidebar');
alter table experiments enable row level security;
create policy experiments_read on experiments for select using (running);
