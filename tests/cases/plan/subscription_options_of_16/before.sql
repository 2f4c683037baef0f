-- from: 16
create subscription sub connection 'dbname=nowhere' publication a with (connect = false, origin = none, password_required = false);
