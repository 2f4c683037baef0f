create view public."v2;Besuche" as select * from public."Besuche pro Monat" where "Anzahl" > 100;
