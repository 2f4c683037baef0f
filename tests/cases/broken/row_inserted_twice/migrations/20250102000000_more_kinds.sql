insert into public.kinds values
  ('b'),
  ('a');
