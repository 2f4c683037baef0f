create foreign data wrapper w;
create server s type 't' version '1' foreign data wrapper w options (host 'a', port '1', "Odd" 'x');
