create schema extensions;
create extension pgcrypto with schema extensions;
grant usage on schema extensions to alice;
revoke execute on function extensions.gen_salt(text) from public;
grant execute on function extensions.gen_salt(text) to alice, bob;
