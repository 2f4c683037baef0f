create table t (a boolean default true, b boolean not null default false, c smallint, d numeric, e bigint);
