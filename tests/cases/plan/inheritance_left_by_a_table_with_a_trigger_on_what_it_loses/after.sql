create function watch() returns trigger language plpgsql as 'begin return new; end';
create table e (id serial,primary key (id));
create trigger watched before update of id on e for each row when (old.id is distinct from new.id) execute function watch();
