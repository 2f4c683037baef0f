do $$
begin
  raise exception 'run the other one first';
end $$;
