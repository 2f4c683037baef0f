-- snippets for the SQL editor, skipped by every tool
drop schema public cascade;
