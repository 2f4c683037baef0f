-- vault_secret: names and descriptions, never what they hold.
-- @needs vault.secrets
select 'vault' as schema,
       s.name::text as identity,
       nullif(s.description, '') as description
  from vault.secrets s
 where s.name is not null
