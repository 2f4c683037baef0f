create trigger audit after update or delete on shops for each row execute function private.audit('shops');
