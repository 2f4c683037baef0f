revoke update on questions from authenticated;
grant update (answer) on questions to authenticated;
revoke all on questions from anon;
grant select (id, listing_id, question, answer, asked_at) on questions to anon;
