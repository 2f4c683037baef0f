alter table orders drop column fee;
