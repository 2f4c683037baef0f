create table t (a text default gen_random_uuid()::text, b uuid, c uuid);
