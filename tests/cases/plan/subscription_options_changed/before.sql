create subscription sub connection 'dbname=nowhere' publication a, b with (connect = false, slot_name = 'one', binary = true);
