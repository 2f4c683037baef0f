alter function handle_new_user() set search_path = '';
