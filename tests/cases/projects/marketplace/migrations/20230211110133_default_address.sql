alter table addresses add column is_default boolean not null default false;
create unique index addresses_one_default on addresses (user_id) where is_default;
