create table m (id int not null, v text, constraint c check (id > 0)) partition by range (id);
create index m_v on m (v);
create table plain (id int not null, v text, constraint c check (id > 0));
create index plain_v on plain (v);
