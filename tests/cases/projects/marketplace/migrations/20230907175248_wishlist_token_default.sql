alter table wishlists alter column share_token set default encode(extensions.gen_random_bytes(9), 'base64');
