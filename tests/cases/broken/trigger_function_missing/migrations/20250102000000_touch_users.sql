create trigger touch before update on public.users
  for each row execute function public.touch();
