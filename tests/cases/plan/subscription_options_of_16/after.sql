create subscription sub connection 'dbname=nowhere' publication a with (connect = false, run_as_owner = true, streaming = parallel);
