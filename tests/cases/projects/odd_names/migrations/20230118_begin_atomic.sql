create function public.raum_name(p_nr int, kurz boolean default false) returns text
language sql stable
begin atomic
    select case
             when kurz then left(r.name, 8)
             else case r.floor when 0 then r.name else r.name || ' (' || r.floor || '. Stock)' end
           end
      from public.rooms r where r.nr = p_nr;
end;

create procedure public.raum_leeren(p_nr int)
begin atomic
    update public."Objekte" set raum = null where raum = p_nr;
    delete from public.rooms where nr = p_nr and not exists (select 1 from public."Objekte" o where o.raum = p_nr);
end;

create function public.stockwerk(p int) returns smallint return (select floor from public.rooms where nr = p);
