create table auth.my_sessions (id uuid primary key);
