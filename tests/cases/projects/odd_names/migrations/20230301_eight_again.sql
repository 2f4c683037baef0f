-- "20230301" sorts after every 14-digit version of February and before those of March
alter view public."v2;Besuche" rename to "Gute Monate";
