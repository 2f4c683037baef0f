create table parent (id int, status text default 'new' not null);
