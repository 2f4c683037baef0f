insert into categories (id, parent, name) values
  (1, null, 'Furniture'), (2, 1, 'Chairs'), (3, 1, 'Tables'),
  (4, null, 'Lighting'), (5, null, 'Textiles'), (6, 5, 'Rugs');
select setval('categories_id_seq', 6);
