vacuum private.t;
