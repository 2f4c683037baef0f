create or replace function reserve(p_title bigint) returns int
language plpgsql security definer set search_path = public as $$
declare
  me uuid;
  pos int;
begin
  select id into strict me from members where user_id = auth.uid();
  perform pg_advisory_xact_lock(hashtext('reserve'), p_title::int);
  select coalesce(max(position), 0) + 1 into pos from reservations where title_id = p_title;
  insert into reservations (title_id, member_id, position) values (p_title, me, pos);
  return pos;
exception
  when unique_violation then
    raise exception 'already reserved' using errcode = '23505';
  when no_data_found then
    raise exception 'not a member';
end $$;
