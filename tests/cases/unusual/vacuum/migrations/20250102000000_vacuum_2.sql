vacuum analyze private.t;
