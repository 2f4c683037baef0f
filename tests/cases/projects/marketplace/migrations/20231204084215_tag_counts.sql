create materialized view tag_counts as
  select t.name, count(*) as n from tags t join listing_tags lt on lt.tag_id = t.id group by t.name with no data;
create unique index tag_counts_name on tag_counts (name);
