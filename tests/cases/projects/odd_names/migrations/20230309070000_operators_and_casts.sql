create function public.aehnlich(a text, b text) returns boolean language sql immutable as $$ select lower(a) = lower(b) $$;
create operator public.=~~= (leftarg = text, rightarg = text, function = public.aehnlich, commutator = operator(public.=~~=));
create aggregate public."längstes"(text) (sfunc = textcat, stype = text, initcond = '');
create index objekte_klein on public."Objekte" (lower("Titel") collate "C" desc nulls last) where ("Höhe (cm)" <= 10.5::numeric) and "Titel" <> ';';
select 'a' operator(public.=~~=) 'A', 5 - -3 as plus, @ -5 as betrag;
