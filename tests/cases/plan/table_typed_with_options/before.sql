create type pt as (a int, b text);
