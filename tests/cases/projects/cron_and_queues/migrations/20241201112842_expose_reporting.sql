alter role authenticator set pgrst.db_schemas to 'public, graphql_public, api, reporting';
alter role authenticator set pgrst.db_max_rows = '500';
notify pgrst, 'reload config';
