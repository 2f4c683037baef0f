create table audit.log (id int primary key);
