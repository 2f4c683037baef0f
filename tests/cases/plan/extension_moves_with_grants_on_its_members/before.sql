create schema extensions;
create extension pgcrypto with schema public;
grant usage on schema extensions to alice;
revoke execute on function public.gen_salt(text) from public;
grant execute on function public.gen_salt(text) to alice;
