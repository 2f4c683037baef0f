select 1;
alter table private.t detach partition private.t1 concurrently;
-- expect: 2 runs-alone
