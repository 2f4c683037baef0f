create extension if not exists cube with schema extensions;
create extension if not exists earthdistance with schema extensions;
alter table shops add column lat double precision, add column lon double precision,
  add constraint shops_lat check (lat between -90 and 90), add constraint shops_lon check (lon between -180 and 180);
