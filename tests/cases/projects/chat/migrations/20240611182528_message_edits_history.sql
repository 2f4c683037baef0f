create table public.message_edits (
    id bigint generated always as identity primary key,
    message_id uuid not null,
    old_body text not null,
    edited_at timestamptz not null default now()
);
alter table public.message_edits enable row level security;
create index message_edits_message_idx on public.message_edits (message_id);

create function public.remember_edit() returns trigger language plpgsql security definer set search_path = public as $$
begin
    new.edited_at := now();
    insert into message_edits (message_id, old_body) values (old.id, old.body);
    return new;
end $$;

create trigger messages_remember_edit before update of body on public.messages
    for each row when (old.body is distinct from new.body) execute function public.remember_edit();
