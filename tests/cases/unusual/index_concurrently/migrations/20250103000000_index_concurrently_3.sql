drop index concurrently if exists private.t_note;
reindex table concurrently private.t;
