-- books have several authors
create table catalogue.title_authors (
  title_id bigint references catalogue.titles on delete cascade,
  author_id bigint references catalogue.authors on delete restrict,
  role text not null default 'author',
  primary key (title_id, author_id, role)
);
insert into catalogue.title_authors (title_id, author_id) select id, author_id from catalogue.titles where author_id is not null;
alter table catalogue.titles drop column author_id;
grant select on catalogue.title_authors to anon, authenticated;
grant all on catalogue.title_authors to service_role;
