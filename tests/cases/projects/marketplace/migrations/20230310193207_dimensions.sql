alter table listings
  add width_cm numeric(6,1), add height_cm numeric(6,1), add depth_cm numeric(6,1), add weight_kg numeric(7,3);
