create materialized view public.pages as select 'x'::text as body, 1 as id;
alter materialized view public.pages alter body set compression pglz;
create materialized view public.drafts as select 'x'::text as body;
alter materialized view public.drafts alter body set compression pglz;
