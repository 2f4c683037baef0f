create extension if not exists citext with schema extensions;
alter table members add column card_no extensions.citext;
update members set card_no = 'M' || lpad((row_number)::text, 6, '0') from (select id, row_number() over (order by joined_at) from members) n where n.id = members.id;
create sequence card_seq start 500;
alter table members alter column card_no set default 'M' || lpad(nextval('card_seq')::text, 6, '0');
alter table members add constraint members_card_no_key unique (card_no);
alter sequence card_seq owned by members.card_no;
