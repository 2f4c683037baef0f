alter table public.members add column fines_cents integer not null default 0;

create or replace function public.add_up_fines() returns trigger language plpgsql as $$
begin
  update public.members m
     set fines_cents = coalesce((
           select sum(f.cents) from public.fines f join public.loans l on l.id = f.loan_id
            where l.member_id = m.id and not f.waived), 0)
   where m.id = (select member_id from public.loans where id = coalesce(new.loan_id, old.loan_id));
  return null;
end $$;

create trigger fines_add_up after insert or update or delete on public.fines
  for each row execute function public.add_up_fines();
