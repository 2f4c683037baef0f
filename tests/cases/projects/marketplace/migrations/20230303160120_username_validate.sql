update profiles set username = lower(regexp_replace(username, '\W', '_', 'g')) where username !~ '^[a-z0-9_]+$';
alter table profiles validate constraint username_chars;
