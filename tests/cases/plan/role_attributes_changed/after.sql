create role app nologin createrole noinherit;
create role batch login replication connection limit 0;
