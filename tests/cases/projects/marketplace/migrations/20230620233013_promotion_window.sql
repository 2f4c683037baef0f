alter table promotions add constraint promotions_window check (ends_at > starts_at);
