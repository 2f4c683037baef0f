create subscription sub connection 'host=FILL_IN dbname=FILL_IN' publication a with (connect = false, two_phase = true);
