-- Diese Migration wurde zurückgezogen; die Nummer bleibt, weil sie auf dem Server schon eingetragen ist.
/* create table public.nie (id int); */
-- ;
