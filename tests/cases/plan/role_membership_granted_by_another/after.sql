create role team;
create role lead;
create role ann;
grant team to lead with admin option;
grant team to ann granted by lead;
