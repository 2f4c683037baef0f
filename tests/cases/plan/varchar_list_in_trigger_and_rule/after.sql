create table t (a varchar(20), b varchar, c char(3), n name, k int);
create function f() returns trigger language plpgsql as 'begin return new; end';
create trigger g before update on t for each row when (old.a in ('x', 'y') and new.b = any (array['p', 'q'])) execute function f();
create constraint trigger h after insert on t for each row when (new.a not in ('x', 'y')) execute function f();
create rule r as on delete to t where old.a in ('x', 'y') do instead update t set b = 'gone' where b in ('p', 'q');
