alter table carriers add column active boolean not null default true;
alter table carriers enable always rule carriers_keep;
alter policy carriers_read on carriers using (active);
