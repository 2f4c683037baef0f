create type item_condition as enum ('new', 'like new', 'used', 'for parts');
alter table listings add column condition item_condition;
update listings set condition = 'used' where condition is null;
alter table listings alter column condition set not null, alter column condition set default 'used';
