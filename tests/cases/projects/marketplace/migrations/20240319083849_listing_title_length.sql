alter table listings add constraint listings_title_length check (char_length(title) between 3 and 120) not valid;
