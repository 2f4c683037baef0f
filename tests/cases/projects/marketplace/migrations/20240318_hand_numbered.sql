-- typed by hand, hence only the day
alter table listings alter column title set storage main;
alter table listings alter column description set compression pglz;
