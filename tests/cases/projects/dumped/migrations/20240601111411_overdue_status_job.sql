create function mark_overdue() returns int language plpgsql as $$
declare n int;
begin
  update public.loans set status = 'overdue' where status = 'out' and due_at < now();
  get diagnostics n = row_count;
  return n;
end $$;
revoke execute on function mark_overdue() from public, anon, authenticated;
drop index loans_one_open_per_copy;
create unique index loans_one_open_per_copy on loans (copy_id) where status in ('requested', 'out', 'overdue');
