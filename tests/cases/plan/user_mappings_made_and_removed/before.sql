create foreign data wrapper w;
create server s foreign data wrapper w;
create server "Odd on Server" foreign data wrapper w;
create user mapping for alice server s;
create user mapping for public server s options ("user" 'guest');
