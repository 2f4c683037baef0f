create foreign data wrapper w;
create server s foreign data wrapper w;
create user mapping for alice server s options ("user" 'b', extra '1');
