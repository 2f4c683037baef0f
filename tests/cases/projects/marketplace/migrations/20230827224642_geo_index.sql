create index shops_location on shops using gist (point(lon, lat)) where lat is not null;
