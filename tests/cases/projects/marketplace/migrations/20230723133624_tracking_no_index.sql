create unique index concurrently shipments_tracking on shipments (carrier, tracking_no);
