create foreign data wrapper w options (a '1', b '2');
create foreign data wrapper v options (host 'one');
create foreign data wrapper checked validator postgresql_fdw_validator;
