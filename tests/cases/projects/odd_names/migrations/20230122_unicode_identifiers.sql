create table public.U&"d\0061ten" (id int primary key, U&"gr\00f6\00dfe" numeric);
alter table public.daten add column "数量" integer not null default 1;
alter table public.daten add column "emoji 🏺" text;
comment on column public.daten."数量" is '个数';
create index "インデックス" on public.daten ("数量");
