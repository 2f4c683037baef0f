alter table reviews add column images text[] check (array_length(images, 1) <= 4);
