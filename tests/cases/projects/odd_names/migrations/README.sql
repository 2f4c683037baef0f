-- How to name migrations here: <digits>_<name>.sql. This file has no version and is skipped.
create table this is not run;
