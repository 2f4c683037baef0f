alter default privileges revoke truncate on tables from current_user;
