create role app;
create role batch;
comment on role app is E'after\nin two lines';
comment on role batch is 'new';
