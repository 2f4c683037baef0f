create table public.orders (
  id bigint primary key,
<<<<<<< HEAD
  total numeric
=======
  sum numeric
>>>>>>> theirs
);
