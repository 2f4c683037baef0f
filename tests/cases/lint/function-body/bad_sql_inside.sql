create or replace procedure private.p() language plpgsql as $$
begin
  update private.t set where id = 1;
end;
$$;
-- expect: 3 function-body
