create function same(int, int) returns boolean language sql immutable return $1 = $2;
create operator === (leftarg = int, rightarg = int, function = same);
create operator family odd using btree;
create operator class odd_ops for type int using btree family odd as operator 3 =(int, int), function 1 btint4cmp(int, int);
create type pair as (a int, b int);
create function to_int(pair) returns int language sql immutable return ($1).a;
create cast (pair as int) with function to_int(pair);
