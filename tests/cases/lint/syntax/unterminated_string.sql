select 1;
select 'it's';
-- expect: 2 syntax
