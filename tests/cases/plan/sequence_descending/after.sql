create sequence s increment -2 minvalue -100 start -5;
create sequence "Odd Seq" as smallint;
