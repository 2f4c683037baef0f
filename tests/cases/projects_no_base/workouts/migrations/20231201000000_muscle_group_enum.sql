create type muscle_group as enum ('legs', 'back', 'chest', 'arms', 'shoulders', 'core');
alter table exercises alter column muscle_group type muscle_group using muscle_group::muscle_group;
