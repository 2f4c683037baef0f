insert into billing.plans (code, title, interval, price, sort, features) values
  ('free',     'Free',          'month',   0.00, 10, '["1 project", "community support"]'),
  ('starter',  'Starter',       'month',   9.00, 20, '["5 projects", "e-mail support"]'),
  ('pro',      'Pro',           'month',  29.00, 30, '["unlimited projects", "priority support"]'),
  ('pro-year', 'Pro (yearly)',  'year',  290.00, 31, '["unlimited projects", "priority support", "two months free"]');
