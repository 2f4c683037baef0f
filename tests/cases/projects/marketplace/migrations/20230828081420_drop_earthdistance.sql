drop extension earthdistance;
drop extension cube;
