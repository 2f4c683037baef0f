update shops set vacation = false where vacation is null;
alter table shops alter column vacation set not null;
