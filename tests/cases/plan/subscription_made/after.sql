create subscription "Sub" connection 'host=FILL_IN dbname=FILL_IN' publication "Pub", other
  with (connect = false, slot_name = 'their_slot', binary = true, streaming = on, synchronous_commit = local, disable_on_error = true);
comment on subscription "Sub" is 'from over there';
create subscription usual connection 'host=FILL_IN dbname=FILL_IN' publication pub with (connect = false);
create subscription without_slot connection 'host=FILL_IN dbname=FILL_IN' publication pub with (connect = false, slot_name = none);
