alter table shops add column hours jsonb;
alter table shops add constraint shops_hours_object check (jsonb_typeof(hours) = 'object');
