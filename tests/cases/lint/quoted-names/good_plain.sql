create table if not exists private."orders" ("id" int, "position" int, größe text, _a1$ int);
create policy "Users see their own" on private.t for select using (id = 1);
create table if not exists private.Folded (ID int);
