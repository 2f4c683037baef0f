alter table addresses rename column zip to postcode;
alter table addresses rename column town to city;
