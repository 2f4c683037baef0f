alter table profiles add constraint username_length check (char_length(username) >= 3);
alter table profiles add constraint username_chars check (username ~ '^[a-z0-9_]+$') not valid;
