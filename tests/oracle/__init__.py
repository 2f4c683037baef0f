"""Random DDL, and pg_dump as the judge of whether a statement changed the schema."""
