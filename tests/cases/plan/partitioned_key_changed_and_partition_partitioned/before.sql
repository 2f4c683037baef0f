create function watch() returns trigger language plpgsql as 'begin return new; end';
create table a (id bigint not null, p int, s varchar(10), primary key (id)) partition by list (id);
create table a_0 partition of a for values in (1, 2);
create trigger watched before update of s on a for each row when (old.s is distinct from new.s) execute function watch();
