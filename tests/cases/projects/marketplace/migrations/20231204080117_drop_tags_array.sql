alter table listings drop column tags;
