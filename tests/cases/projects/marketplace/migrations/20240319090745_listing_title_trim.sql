update listings set title = left(btrim(title), 120) where char_length(btrim(title)) not between 3 and 120 or title <> btrim(title);
alter table listings validate constraint listings_title_length;
