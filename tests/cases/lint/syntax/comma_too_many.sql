create table private.t (
  id int,
)
;
-- expect: 3 syntax
