create publication everything for all tables;
drop publication everything;
