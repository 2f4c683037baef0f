alter table categories add constraint no_self_parent check (parent is distinct from id);
