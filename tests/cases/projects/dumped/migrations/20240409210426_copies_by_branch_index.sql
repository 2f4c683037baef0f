create index concurrently copies_branch_idx on public.copies (branch_id, title_id);
