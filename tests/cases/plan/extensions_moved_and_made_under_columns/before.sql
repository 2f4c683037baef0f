create extension pgcrypto; create extension hstore; create table t (id text default gen_random_uuid()::text, h hstore);
