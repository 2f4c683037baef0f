copy (select 1) to stdout;
-- expect: 1 copy-stdin
