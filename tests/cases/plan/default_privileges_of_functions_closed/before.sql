create function before_it() returns int language sql return 1;
