-- the pattern alone let typing errors through
create or replace function public.isbn13_ok(isbn text) returns boolean
language sql immutable strict parallel safe set search_path = '' as $$
  select isbn ~ '^97[89][0-9]{10}$'
     and (select sum(d::int * case when i % 2 = 0 then 3 else 1 end) % 10 = 0
            from regexp_split_to_table(isbn, '') with ordinality as x (d, i))
$$;

alter domain isbn13 drop constraint isbn13_check;
alter domain isbn13 add constraint isbn13_check check (public.isbn13_ok(value)) not valid;
