create subscription sub connection 'dbname=nowhere' publication b, c
  with (connect = false, slot_name = 'two', streaming = on, synchronous_commit = remote_apply, disable_on_error = true);
comment on subscription sub is 'changed';
