comment on schema public is 'ours';
revoke usage on schema public from public;
