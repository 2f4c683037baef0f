create function f() returns trigger language plpgsql as 'begin return new; end';
create table t (id int, a bigint);
create trigger tr before update of a on t for each row when (new.a is distinct from old.a) execute function f();
comment on trigger tr on t is 'tt';
