create table dated (id bigint, made date);
create table owned (id bigint, owner text);
create table notes (id bigint, note text) inherits (dated, owned);
create table letters () inherits (notes);
create table things () inherits (owned, dated);
create index notes_id on notes (id);
