create index concurrently if not exists t_note on private.t (note);
