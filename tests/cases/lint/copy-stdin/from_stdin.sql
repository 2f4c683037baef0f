select 1;
copy private.t from stdin;
-- expect: 2 copy-stdin
