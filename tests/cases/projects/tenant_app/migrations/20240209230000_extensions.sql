-- Everything the app leans on. Supabase keeps extensions in their own schema.
create extension if not exists pgcrypto with schema extensions;
create extension if not exists citext with schema extensions;
