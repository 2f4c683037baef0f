this is no SQL at all;
