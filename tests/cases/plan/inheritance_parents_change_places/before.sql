create table dated (made date);
create table owned (owner text);
create table notes (made date, owner text, note text) inherits (dated, owned);
create table letters (made date, text text) inherits (dated);
create table more (text text) inherits (dated, owned);
create view all_owned as select owner from owned;
