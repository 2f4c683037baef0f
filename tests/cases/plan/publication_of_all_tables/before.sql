create publication everything for all tables;
create publication empty_one;
