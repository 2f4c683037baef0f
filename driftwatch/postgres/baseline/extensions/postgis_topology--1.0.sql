-- Stand-in for postgis_topology: its catalog is empty.
CREATE TABLE topology.topology (
    id serial PRIMARY KEY,
    name varchar NOT NULL UNIQUE,
    srid integer NOT NULL,
    precision double precision NOT NULL,
    hasz boolean NOT NULL DEFAULT false
);
