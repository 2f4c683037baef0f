create foreign data wrapper w;
create server s foreign data wrapper w;
create server "Odd on Server" foreign data wrapper w;
create user mapping for bob server s options ("user" 'bob', extra 'it''s');
create user mapping for "Odd Role" server "Odd on Server" options ("user" 'x');
create user mapping for "user" server "Odd on Server";
