select public.total('a'::text);
