create table customers (id int, "e-mail" text, phone text);
grant select (id, "e-mail") on customers to alice;
grant update (phone) on customers to "Odd Role";
