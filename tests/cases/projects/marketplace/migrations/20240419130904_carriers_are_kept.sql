create rule carriers_keep as on delete to carriers do instead nothing;
comment on rule carriers_keep on carriers is 'shipments refer to them by code; deactivate instead';
