\i other.sql
-- expect: 1 psql-command
