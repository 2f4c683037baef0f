-- case: an ordinary row
insert into public.rooms (topic) values ('room:1');
-- undo
delete from public.rooms;

-- case: a row that the migrations made is changed
update public.countries set name = 'Allemagne' where code = 'de';
-- undo
update public.countries set name = 'Germany' where code = 'de';

-- case: a user signs up
insert into auth.users (id, email) values ('00000000-0000-0000-0000-000000000001', 'a@example.com');
-- undo
delete from auth.users;

-- case: a file is uploaded
insert into storage.objects (bucket_id, name) values ('avatars', 'me.png');
-- undo
delete from storage.objects;

-- case: a secret's value and a bucket's owner
update vault.secrets set secret = 'another' where name = 'payment_api_key';
update storage.buckets set owner = '00000000-0000-0000-0000-000000000001', updated_at = now() where id = 'avatars';
-- undo
update storage.buckets set owner = null where id = 'avatars';

-- case: sequences are advanced, statistics gathered, views filled
select nextval('public.invoice_number');
analyze public.orders;
refresh materialized view app.sales;
-- undo
select 1;
