drop trigger shops_touch on shops;
create trigger shops_touch before update on shops for each row when (old.* is distinct from new.*) execute function touch();
