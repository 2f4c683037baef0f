grant usage on schema private to analytics;
comment on role analytics is 'the BI tool';
