create access method heap2 type table handler heap_tableam_handler;
comment on access method heap2 is 'also a heap';
create materialized view public.m using heap2 as select 1 as x;
