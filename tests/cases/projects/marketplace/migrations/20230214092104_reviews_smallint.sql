alter table reviews alter column stars type smallint;
alter table reviews add constraint reviews_stars_range check (stars between 1 and 5);
