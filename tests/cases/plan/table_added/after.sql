create schema a;
create table a.t (id int primary key, name text not null default 'x', qty int check (qty > 0), constraint uq unique (name, qty));
