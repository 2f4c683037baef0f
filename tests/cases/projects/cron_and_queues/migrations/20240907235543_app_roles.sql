-- group roles without login; people and workers are members of them
create role job_worker nologin noinherit;
create role reporting nologin;
create role support_agent nologin in role reporting;

grant job_worker to service_role;
grant reporting to authenticator;
grant support_agent to authenticator;

grant usage on schema jobs to job_worker;
grant usage on schema api, internal to reporting;
comment on role reporting is 'read only access to the reporting views';
