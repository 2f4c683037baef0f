revoke all on trending from anon, authenticated;
grant select on trending to anon, authenticated;
