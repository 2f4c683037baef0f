create table vat_rates (country country_code primary key, standard numeric(4, 2) not null, reduced numeric(4, 2));
insert into vat_rates values ('DE', 19, 7), ('AT', 20, 10), ('FR', 20, 5.5), ('NL', 21, 9);
alter table vat_rates enable row level security;
create policy vat_read on vat_rates for select using (true);
