create foreign data wrapper w;
create server s type 't' version '2' foreign data wrapper w options (host 'b', "Odd" 'x', dbname 'it''s');
comment on server s is 'films';
