do $$
begin
  perfrm 1;
end $$;
-- expect: 3 function-body
