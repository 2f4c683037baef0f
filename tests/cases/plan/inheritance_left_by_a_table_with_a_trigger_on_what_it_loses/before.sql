create function watch() returns trigger language plpgsql as 'begin return new; end';
create table b (id int not null, p jsonb);
create table e () inherits (b);
create trigger watched before update of p on e for each row when (old.p is distinct from new.p) execute function watch();
