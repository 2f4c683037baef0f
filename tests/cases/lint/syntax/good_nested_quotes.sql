select $a$ $b$ ; $b$ ' $a$, E'it\'s', U&'\0041', 'two
lines', "od""d" from (values (1)) as v ("od""d");
/* a /* nested */ comment ; */
-- create tabel
