alter table saved_searches alter column name type text;
