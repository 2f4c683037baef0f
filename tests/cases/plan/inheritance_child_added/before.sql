create table p (a int primary key, b text default 'x' not null check (b <> ''));
