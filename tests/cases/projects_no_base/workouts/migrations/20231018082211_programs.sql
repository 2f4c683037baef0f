create table programs (
  id serial primary key,
  author uuid references profiles on delete set null,
  title text not null,
  weeks smallint not null default 4 check (weeks between 1 and 52),
  public boolean not null default false
);
alter table programs enable row level security;
create policy "public or own" on programs for select using (public or author = auth.uid());
