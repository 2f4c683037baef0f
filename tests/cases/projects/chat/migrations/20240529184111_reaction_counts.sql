create table public.reaction_counts (
    message_id uuid not null,
    emoji text not null,
    n int not null default 0,
    primary key (message_id, emoji)
);
alter table public.reaction_counts enable row level security;

-- statement level with transition tables: one upsert however many rows come in
create function public.count_reactions_in() returns trigger language plpgsql security definer set search_path = public as $$
begin
    insert into reaction_counts as c (message_id, emoji, n)
    select message_id, emoji, count(*) from added group by 1, 2
    on conflict (message_id, emoji) do update set n = c.n + excluded.n;
    return null;
end $$;

create function public.count_reactions_out() returns trigger language plpgsql security definer set search_path = public as $$
begin
    update reaction_counts c set n = c.n - x.n
      from (select message_id, emoji, count(*) as n from removed group by 1, 2) x
     where c.message_id = x.message_id and c.emoji = x.emoji;
    delete from reaction_counts where n <= 0;
    return null;
end $$;

create trigger reactions_added after insert on public.reactions
    referencing new table as added for each statement execute procedure public.count_reactions_in();
create trigger reactions_removed after delete on public.reactions
    referencing old table as removed for each statement execute procedure public.count_reactions_out();
