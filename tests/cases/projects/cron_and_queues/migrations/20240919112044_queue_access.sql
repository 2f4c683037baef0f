alter table pgmq.q_emails enable row level security;
alter table pgmq.a_emails enable row level security;
alter table pgmq.q_push enable row level security;
alter table pgmq.q_thumbnails enable row level security;

grant usage on schema pgmq to service_role;
grant select, insert, update, delete on all tables in schema pgmq to service_role;

create policy "workers take thumbnails" on pgmq.q_thumbnails for all to job_worker using (true) with check (true);
grant usage on schema pgmq to job_worker;
grant select, update, delete on pgmq.q_thumbnails to job_worker;
