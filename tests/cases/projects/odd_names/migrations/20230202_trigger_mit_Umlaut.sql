create function public."prüfe_Höhe"() returns trigger language plpgsql as '
begin
    if new."Höhe (cm)" > 1000 then
        raise exception ''% ist zu groß; höchstens 10 m'', new."Titel";
    end if;
    return new;
end';
create trigger "Prüfung der Höhe" before insert or update of "Höhe (cm)" on public."Objekte"
    for each row execute function public."prüfe_Höhe"();
