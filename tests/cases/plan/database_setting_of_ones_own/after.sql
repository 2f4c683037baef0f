alter database postgres set app.mode = 'it''s light';
alter database postgres set app."Region" = 'eu';
alter database postgres set search_path = "$user", public, extensions;
alter database postgres set timezone = 'UTC';
