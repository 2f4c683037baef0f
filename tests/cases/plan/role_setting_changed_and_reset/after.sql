create role app login;
create role batch login;
alter role app set statement_timeout = '15s';
alter role app set datestyle = 'ISO, DMY';
alter role app set timezone = 'Europe/Berlin';
