create or replace view private."Künstlerinnen_und_Künstler_über_achtzig_Jahre_in_Österreich_ö" as select 1 as a;
-- expect: 1 name-too-long
