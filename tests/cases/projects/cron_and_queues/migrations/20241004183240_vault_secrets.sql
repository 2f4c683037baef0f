-- Placeholders: the real values are set in the dashboard of each environment.
select vault.create_secret('https://project.example.invalid', 'project_url', 'base URL of the edge functions');
select vault.create_secret('not-a-real-key', 'edge_function_key');

create or replace function internal.secret(secret_name text) returns text
language sql stable security definer set search_path = ''
as $$ select decrypted_secret from vault.decrypted_secrets where name = secret_name $$;

revoke all on function internal.secret(text) from public, anon, authenticated;
