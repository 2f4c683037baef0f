alter table listings add constraint dimensions_positive
  check (width_cm > 0 and height_cm > 0 and depth_cm > 0 and weight_kg > 0);
