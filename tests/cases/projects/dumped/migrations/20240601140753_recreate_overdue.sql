create or replace view overdue with (security_invoker = true) as
 select l.id as loan_id, m.name as member, t.title, l.due_at, now() - l.due_at as late, l.extended, b.name as branch
   from loans l
   join members m on m.id = l.member_id
   join copies c on c.id = l.copy_id
   join branches b on b.id = c.branch_id
   join catalogue.titles t on t.id = c.title_id
  where l.status in ('out', 'overdue') and l.due_at < now();
