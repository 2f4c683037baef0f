create foreign data wrapper w options (b '3', c '4');
create foreign data wrapper v validator postgresql_fdw_validator;
create foreign data wrapper checked options (a '1');
