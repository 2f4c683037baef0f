create rule copies_never_delete as on delete to public.copies do instead
  update public.copies set condition = 'withdrawn' where id = old.id;
comment on rule copies_never_delete on public.copies is 'A copy with loans must stay; deleting withdraws it';
