-- probe: a value that changes when any row of the catalogs is added, replaced or removed. A later row has a later xmin,
-- so with as many rows as before the sum is another one; freezing and vacuuming leave it as it is.
-- pg_authid and the like are closed to a plain login, so roles, subscriptions and user mappings are hashed by what can
-- be seen of them.
select md5(string_agg(h, ',')) from (
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) as h from pg_namespace
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_class
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_attribute
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_attrdef
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_constraint
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_index
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_inherits
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_type
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_enum
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_range
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_proc
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_aggregate
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_rewrite
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_trigger
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_event_trigger
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_policy
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_sequence
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_depend
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_shdepend
   where dbid in (0, (select oid from pg_database where datname = current_database()))
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_description
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_shdescription
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_extension
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_publication
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_publication_rel
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_publication_namespace
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_default_acl
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_auth_members
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_db_role_setting
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_database
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_cast
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_operator
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_opclass
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_opfamily
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_amop
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_amproc
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_am
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_collation
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_conversion
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_ts_config
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_ts_config_map
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_ts_dict
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_ts_parser
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_ts_template
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_statistic_ext
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_transform
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_language
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_foreign_data_wrapper
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_foreign_server
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_foreign_table
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_partitioned_table
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_tablespace
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_init_privs
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_seclabel
   union all
  select count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) from pg_parameter_acl
   union all
  select count(*) || ':' || coalesce(bit_xor(hashtextextended(r::text, 0)), 0) from pg_roles r
   union all
  select count(*) || ':' || coalesce(bit_xor(hashtextextended(m::text, 0)), 0) from pg_user_mappings m
   union all
  select count(*) || ':' || coalesce(bit_xor(hashtextextended(
           row(oid, subdbid, subname, subowner, subenabled, subbinary, substream, subtwophasestate, subdisableonerr,
               subslotname, subsynccommit, subpublications)::text, 0)), 0) from pg_subscription
) catalogs
