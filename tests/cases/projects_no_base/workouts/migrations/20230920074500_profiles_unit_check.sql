alter table profiles add constraint profiles_unit_check check (unit in ('kg', 'lb'));
alter table profiles alter column unit set not null;
