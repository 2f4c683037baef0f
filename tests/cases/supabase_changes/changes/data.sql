-- case: a bucket is made
insert into storage.buckets (id, name) values ('exports', 'exports');
-- expect: added storage_bucket exports
-- undo
delete from storage.buckets where id = 'exports';

-- case: a private bucket is opened
update storage.buckets set public = true where id = 'invoices';
-- expect: changed storage_bucket invoices: public
-- undo
update storage.buckets set public = false where id = 'invoices';

-- case: a bucket's size limit
update storage.buckets set file_size_limit = 52428800 where id = 'avatars';
-- expect: changed storage_bucket avatars: file_size_limit
-- undo
update storage.buckets set file_size_limit = 1048576 where id = 'avatars';

-- case: a bucket's types of files
update storage.buckets set allowed_mime_types = null where id = 'avatars';
-- expect: changed storage_bucket avatars: allowed_mime_types
-- undo
update storage.buckets set allowed_mime_types = array['image/jpeg', 'image/png'] where id = 'avatars';

-- case: a bucket is gone
delete from storage.buckets where id = 'invoices';
-- expect: removed storage_bucket invoices
-- undo
insert into storage.buckets (id, name, public) values ('invoices', 'invoices', false);

-- case: a job is made
select cron.schedule('weekly-report', '0 8 * * 1', 'select 1');
-- expect: added cron_job weekly-report
-- undo
select cron.unschedule('weekly-report');

-- case: a job runs at another time
select cron.schedule('nightly-clean-up', '0 4 * * *', 'call app.clean_up(30)');
-- expect: changed cron_job nightly-clean-up: schedule
-- undo
select cron.schedule('nightly-clean-up', '0 3 * * *', 'call app.clean_up(30)');

-- case: a job does something else
select cron.schedule('nightly-clean-up', '0 3 * * *', 'call app.clean_up(0)');
-- expect: changed cron_job nightly-clean-up: command
-- undo
select cron.schedule('nightly-clean-up', '0 3 * * *', 'call app.clean_up(30)');

-- case: a job is switched off
update cron.job set active = false where jobname = 'nightly-clean-up';
-- expect: changed cron_job nightly-clean-up: active
-- undo
update cron.job set active = true where jobname = 'nightly-clean-up';

-- case: a job without a name is gone
delete from cron.job where jobname is null;
-- expect: removed cron_job */5 * * * * refresh materialized view app.sales
-- undo
select cron.schedule('*/5 * * * *', 'refresh materialized view app.sales');

-- case: a secret is added
select vault.create_secret('not-a-real-one', 'mail_api_key');
-- expect: added vault_secret mail_api_key
-- undo
delete from vault.secrets where name = 'mail_api_key';
