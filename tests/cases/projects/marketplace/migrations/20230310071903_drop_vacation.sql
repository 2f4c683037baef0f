-- nobody used it
alter table shops drop column vacation;
