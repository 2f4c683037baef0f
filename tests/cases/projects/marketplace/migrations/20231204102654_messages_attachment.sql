alter table messages add column attachment text;
alter table messages alter column body drop not null;
alter table messages add constraint messages_not_empty check (body is not null or attachment is not null);
