create table events (id int, at date) partition by range (at);
create table events_2030 partition of events for values from ('2030-01-01') to ('2031-01-01');
create publication pub for table events_2030;
