create domain positive as int check (value > 1);
create table e (id bigserial, "T x" text default current_user not null, r int check (r > 0), s text, primary key (id));
create table c ("T x" text, q positive[] default '{3}' not null) inherits (e);
