create or replace function public.delete_own_account() returns void
language plpgsql security definer set search_path = '' as $$
begin
  if exists (
    select 1 from public.memberships m
     where m.user_id = auth.uid() and m.role = 'owner'
       and (select count(*) from public.memberships x where x.org_id = m.org_id and x.role = 'owner') = 1
  ) then
    raise exception 'Hand over your organisations first';
  end if;
  delete from auth.users where id = auth.uid();
end $$;
revoke all on function public.delete_own_account() from public;
revoke all on function public.delete_own_account() from anon;

alter table public.comments alter column author_id drop not null;
alter table public.comments drop constraint comments_author_id_fkey;
alter table public.comments add constraint comments_author_id_fkey
  foreign key (author_id) references public.profiles (id) on delete set null not valid;
alter table public.comments validate constraint comments_author_id_fkey;
