create function public.zaehle_leihgaben(p_objekt bigint) returns integer
language plpgsql stable as $größe$
declare
    n integer;
    warum text := $x$ein "$$" mitten im Text; und noch ein $1$x$;
begin
    -- $$ hier; endet nichts $$
    select count(*) into n from public."LEIHGABEN" where objekt = $1;
    execute $q$ select $1 + 0 $q$ into n using n;
    return n;
end;
$größe$;

create function public.a$b$c(x$1 int) returns int language sql immutable as $_$ select $1 * 2 $_$;
