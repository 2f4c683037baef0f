create table dated (id int, made date);
create table owned (id int, owner text);
create table notes (id int, note text) inherits (dated, owned);
create table letters () inherits (notes);
create table things () inherits (owned, dated);
create index notes_id on notes (id);
