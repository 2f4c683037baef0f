create type public.report_reason as enum ('spam', 'abuse', 'illegal', 'other');

create table public.reports (
    id uuid primary key default gen_random_uuid(),
    message_id uuid not null,
    reporter_id uuid not null default auth.uid() references public.users,
    reason public.report_reason not null,
    note text,
    resolved_at timestamptz,
    resolved_by uuid references public.users,
    created_at timestamptz not null default now(),
    unique (message_id, reporter_id)
);
alter table public.reports enable row level security;
create policy "report" on public.reports for insert to authenticated with check (reporter_id = (select auth.uid()));

create or replace function public.is_moderator(room uuid) returns bool
language sql stable security definer set search_path = ''
begin atomic
    select coalesce((
        select rm.is_moderator from public.room_members rm
         where rm.room_id = is_moderator.room and rm.user_id = auth.uid()
    ), false);
end;

create policy "moderators delete messages" on public.messages for delete to authenticated
    using (author_id = (select auth.uid()) or public.is_moderator(room_id));
