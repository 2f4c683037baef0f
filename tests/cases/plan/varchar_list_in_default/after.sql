create table t (k int, b boolean default (current_user::varchar in ('x', 'y')), c boolean default (current_setting('a.b', true)::varchar = any (array['p', 'q'])));
create function f(a varchar) returns boolean language sql return a in ('x', 'y');
create function g(a varchar, b boolean default ('x'::varchar in ('x', 'y'))) returns boolean language sql begin atomic
  select a in ('x', 'y') and b;
  select a = any (array['p', 'q']);
end;
create domain d as boolean default (current_user::varchar in ('x', 'y'));
