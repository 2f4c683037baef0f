create table t (a varchar(20), b varchar, c char(3), n name, k int);
create function f() returns trigger language plpgsql as 'begin return new; end';
create trigger g before update on t for each row when (old.a in ('x', 'y')) execute function f();
create rule r as on delete to t where old.a in ('x', 'z') do instead nothing;
