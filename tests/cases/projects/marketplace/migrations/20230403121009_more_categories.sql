insert into categories (parent, name, slug) values
  (4, 'Desk lamps', 'desk-lamps'), (4, 'Floor lamps', 'floor-lamps'), (1, 'Shelves', 'shelves'), (null, 'Ceramics', 'ceramics')
on conflict (slug) do nothing;
