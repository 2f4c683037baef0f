/* a */ create /* b; */ schema -- c;
  if /*
*/ not exists private;
create table private.t ( -- one; two
  id int /* ; */ primary key -- $$
);
