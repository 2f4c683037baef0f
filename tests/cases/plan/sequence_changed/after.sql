create sequence s as int increment 2 minvalue 10 maxvalue 100 start 20 cache 5 cycle;
comment on sequence s is 'seq';
