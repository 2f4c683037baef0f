create function internal.on_signup() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.accounts (id, display_name) values (new.id, new.raw_user_meta_data ->> 'name') on conflict do nothing;
  perform jobs.enqueue_email(new.email, 'welcome', jsonb_build_object('name', new.raw_user_meta_data ->> 'name'));
  return new;
end $$;

create trigger enqueue_welcome_mail after insert on auth.users
  for each row when (new.email is not null) execute function internal.on_signup();
