-- clusters: two
alter database postgres set app.mode = 'dark';
alter database postgres set search_path = public;
