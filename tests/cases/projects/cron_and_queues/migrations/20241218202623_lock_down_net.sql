-- http calls only through internal.call_edge_function
revoke all on function internal.call_edge_function(text, jsonb, int) from service_role;
grant execute on function internal.call_edge_function(text, jsonb, int) to job_worker;
grant usage on schema internal to job_worker;
