create table t (a jsonb, b jsonb, c json default '[]', d jsonb);
