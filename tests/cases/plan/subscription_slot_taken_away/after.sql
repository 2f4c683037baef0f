create subscription sub connection 'dbname=nowhere' publication a with (connect = false, slot_name = none);
