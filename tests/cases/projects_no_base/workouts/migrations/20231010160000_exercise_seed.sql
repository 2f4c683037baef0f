insert into exercises (name, muscle_group) values ('Nordic curl', 'legs'), ('Pallof press', 'core')
on conflict (name) do nothing;
