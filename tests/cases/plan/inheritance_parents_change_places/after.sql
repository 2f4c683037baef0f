create table dated (made date);
create table owned (owner text);
create table notes (made date, owner text, note text) inherits (owned, dated);
create table letters (made date, text text, owner text) inherits (owned, dated);
create table more (text text) inherits (owned, dated);
create view all_owned as select owner from owned;
