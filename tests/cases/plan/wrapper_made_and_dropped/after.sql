create foreign data wrapper plain;
create foreign data wrapper "Odd Wrapper" validator postgresql_fdw_validator;
create foreign data wrapper with_options options (debug 'true', "Mixed Case" 'it''s \ here');
alter foreign data wrapper with_options owner to current_user;
comment on foreign data wrapper plain is 'does nothing';
