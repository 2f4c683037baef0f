insert into fee_schedule (valid_from, percent, fixed) values ('2023-10-01', 6.50, 0.30);
