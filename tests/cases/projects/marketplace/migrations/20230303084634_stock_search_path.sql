alter function decrease_stock() set search_path = '';
alter function handle_new_user() set search_path = '';
