alter table loans add column extended smallint not null default 0;
alter table loans add constraint loans_extended_max check (extended <= 2);

create function extend_loan(loan uuid) returns timestamptz language plpgsql security invoker as $$
declare d timestamptz;
begin
  update public.loans set due_at = due_at + interval '14 days', extended = extended + 1
   where id = loan and status = 'out' returning due_at into d;
  return d;
end $$;
create policy "Members extend their loans" on loans for update to authenticated
  using (member_id in (select id from members where user_id = (select auth.uid())))
  with check (status = 'out');
