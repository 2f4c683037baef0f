-- Lets a statement that keeps nobody waiting wait itself, unless the file has set another limit; the former ones.
-- lock_timeout is in ms; statement_timeout is lifted where it is what the server gives to every session.
SELECT name, setting, set_config(name, CASE name WHEN 'lock_timeout' THEN '600000' ELSE '0' END, false)
FROM pg_settings
WHERE name = 'lock_timeout' AND setting = %s OR name = 'statement_timeout' AND setting = reset_val
