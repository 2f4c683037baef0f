revoke execute on function place_order() from anon, public;
grant execute on function place_order() to authenticated;
