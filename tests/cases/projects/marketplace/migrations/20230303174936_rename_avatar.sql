alter table profiles rename avatar to avatar_url;
