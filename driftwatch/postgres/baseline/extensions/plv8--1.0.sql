-- Stand-in for plv8: functions can be made, their JavaScript is neither checked nor run.
CREATE TRUSTED LANGUAGE plv8 HANDLER plpgsql_call_handler;
CREATE FUNCTION plv8_version() RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT '0' $$;
