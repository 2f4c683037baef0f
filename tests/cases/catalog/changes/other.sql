-- case: cast created
create cast (app.money2 as int) without function;
-- expect: added cast app.money2 as integer
-- undo
drop cast (app.money2 as int);

-- case: cast's context
drop cast (app.address as text);
create cast (app.address as text) with inout as assignment;
-- expect: changed cast app.address as text: context
-- undo
drop cast (app.address as text);
create cast (app.address as text) with inout;

-- case: cast's comment
comment on cast (app.address as text) is 'x';
-- expect: changed cast app.address as text: comment
-- undo
comment on cast (app.address as text) is null;

-- case: operator created
create operator app.## (rightarg = int, function = int4abs);
-- expect: added operator app.##(none, integer)
-- undo
drop operator app.## (none, int);

-- case: operator's estimators, negator, merging and hashing
drop operator app.<<>> (int, int);
drop operator app.=== (int, int);
create operator app.=== (leftarg = int, rightarg = int, function = int4eq, commutator = operator(app.===));
create operator app.<<>> (leftarg = int, rightarg = int, function = int4ne);
-- expect: changed operator app.===(integer, integer): hashes, join, merges, negator, restrict
-- expect: changed operator app.<<>>(integer, integer): negator
-- undo
drop operator app.<<>> (int, int);
drop operator app.=== (int, int);
create operator app.=== (leftarg = int, rightarg = int, function = int4eq, commutator = operator(app.===),
  negator = operator(app.<<>>), restrict = eqsel, join = eqjoinsel, merges, hashes);
create operator app.<<>> (leftarg = int, rightarg = int, function = int4ne, negator = operator(app.===));

-- case: operator's function
drop operator app.#+#(int, int);
create operator app.#+# (leftarg = int, rightarg = int, function = app.minus, commutator = operator(app.#+#));
-- expect: changed operator app.#+#(integer, integer): function
-- undo
drop operator app.#+#(int, int);
create operator app.#+# (leftarg = int, rightarg = int, function = app.plus, commutator = operator(app.#+#));

-- case: operator without a commutator
drop operator app.#+#(int, int);
create operator app.#+# (leftarg = int, rightarg = int, function = app.plus);
-- expect: changed operator app.#+#(integer, integer): commutator
-- undo
drop operator app.#+#(int, int);
create operator app.#+# (leftarg = int, rightarg = int, function = app.plus, commutator = operator(app.#+#));

-- case: operator's owner
alter operator app.#+#(int, int) owner to app_owner;
-- expect: changed operator app.#+#(integer, integer): owner
-- undo
alter operator app.#+#(int, int) owner to supabase_admin;

-- case: operator's comment
comment on operator app.#+#(int, int) is 'x';
-- expect: changed operator app.#+#(integer, integer): comment
-- undo
comment on operator app.#+#(int, int) is null;

-- case: operator family's member across types
alter operator family app.fam using btree add operator 1 < (int4, int8), function 1 btint48cmp(int4, int8);
-- expect: changed operator_family app.fam using btree: functions, operators
-- undo
alter operator family app.fam using btree drop operator 1 (int4, int8), function 1 (int4, int8);

-- case: operator family's owner and comment
alter operator family app.fam using btree owner to app_owner;
comment on operator family app.fam using btree is 'x';
-- expect: changed operator_family app.fam using btree: comment, owner
-- undo
alter operator family app.fam using btree owner to supabase_admin;
comment on operator family app.fam using btree is null;

-- case: operator class's owner and comment
alter operator class app.money2_ops using btree owner to app_owner;
comment on operator class app.money2_ops using btree is 'x';
-- expect: changed operator_class app.money2_ops using btree: comment, owner
-- undo
alter operator class app.money2_ops using btree owner to supabase_admin;
comment on operator class app.money2_ops using btree is null;

-- case: access method created
create access method h3 type table handler heap_tableam_handler;
-- expect: added access_method h3
-- undo
drop access method h3;

-- case: access method's comment
comment on access method heap2 is 'x';
-- expect: changed access_method heap2: comment
-- undo
comment on access method heap2 is null;

-- case: collation's locale
drop collation app.german;
create collation app.german (provider = libc, locale = 'POSIX');
-- expect: changed collation app.german: collate, ctype
-- undo
drop collation app.german;
create collation app.german (provider = libc, locale = 'C');

-- case: collation's owner and comment
alter collation app.german owner to app_owner;
comment on collation app.german is 'x';
-- expect: changed collation app.german: comment, owner
-- undo
alter collation app.german owner to supabase_admin;
comment on collation app.german is null;

-- case: collation of another provider
-- from: 17
drop collation app.german;
create collation app.german (provider = builtin, locale = 'C.UTF-8');
-- expect: changed collation app.german: collate, ctype, locale, provider
-- undo
drop collation app.german;
create collation app.german (provider = libc, locale = 'C');

-- case: conversion
drop conversion app.to_latin;
create default conversion app.to_latin for 'UTF8' to 'LATIN1' from utf8_to_iso8859_1;
-- expect: changed conversion app.to_latin: default
-- undo
drop conversion app.to_latin;
create conversion app.to_latin for 'UTF8' to 'LATIN1' from utf8_to_iso8859_1;

-- case: conversion's owner and comment
alter conversion app.to_latin owner to app_owner;
comment on conversion app.to_latin is 'x';
-- expect: changed conversion app.to_latin: comment, owner
-- undo
alter conversion app.to_latin owner to supabase_admin;
comment on conversion app.to_latin is null;

-- case: text search mapping
alter text search configuration app.conf alter mapping for asciiword with english_stem, simple;
-- expect: changed text_search_configuration app.conf: mappings
-- undo
alter text search configuration app.conf alter mapping for asciiword with simple;

-- case: text search mapping dropped
alter text search configuration app.conf drop mapping for email;
-- expect: changed text_search_configuration app.conf: mappings
-- undo
alter text search configuration app.conf add mapping for email with simple;

-- case: text search dictionary's options
alter text search dictionary app.dict (stopwords);
-- expect: changed text_search_dictionary app.dict: options
-- undo
alter text search dictionary app.dict (stopwords = english);

-- case: text search owners and comments
alter text search configuration app.conf owner to app_owner;
alter text search dictionary app.dict owner to app_owner;
comment on text search configuration app.conf is 'x';
comment on text search dictionary app.dict is 'x';
comment on text search parser app.pars is 'x';
comment on text search template app.templ is 'x';
-- expect: changed text_search_configuration app.conf: comment, owner
-- expect: changed text_search_dictionary app.dict: comment, owner
-- expect: changed text_search_parser app.pars: comment
-- expect: changed text_search_template app.templ: comment
-- undo
alter text search configuration app.conf owner to supabase_admin;
alter text search dictionary app.dict owner to supabase_admin;
comment on text search configuration app.conf is null;
comment on text search dictionary app.dict is null;
comment on text search parser app.pars is null;
comment on text search template app.templ is null;

-- case: text search parser's functions
drop text search parser app.pars;
create text search parser app.pars
  (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype, headline = prsd_headline);
-- expect: changed text_search_parser app.pars: headline
-- undo
drop text search parser app.pars;
create text search parser app.pars
  (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);

-- case: text search template's functions
drop text search template app.templ;
create text search template app.templ (lexize = dsimple_lexize);
-- expect: changed text_search_template app.templ: init
-- undo
drop text search template app.templ;
create text search template app.templ (lexize = dsimple_lexize, init = dsimple_init);

-- case: statistics object's kinds
drop statistics app.orders_stats;
create statistics app.orders_stats (dependencies, ndistinct) on customer_id, quantity from app.orders;
-- expect: changed statistics app.orders_stats: definition
-- undo
drop statistics app.orders_stats;
create statistics app.orders_stats (dependencies) on customer_id, quantity from app.orders;

-- case: statistics object's target
alter statistics app.orders_stats set statistics 200;
-- expect: changed statistics app.orders_stats: target
-- undo
alter statistics app.orders_stats set statistics -1;

-- case: statistics object's owner and comment
alter statistics app.orders_stats owner to app_owner;
comment on statistics app.orders_stats is 'x';
-- expect: changed statistics app.orders_stats: comment, owner
-- undo
alter statistics app.orders_stats owner to supabase_admin;
comment on statistics app.orders_stats is null;

-- case: transform's functions
create or replace transform for int language sql
  (from sql with function prsd_lextype(internal), to sql with function app.to_sql(internal));
-- expect: changed transform for integer language sql: from_sql
-- undo
create or replace transform for int language sql (to sql with function app.to_sql(internal));

-- case: transform's comment
comment on transform for int language sql is 'x';
-- expect: changed transform for integer language sql: comment
-- undo
comment on transform for int language sql is null;

-- case: language trusted
create or replace trusted language plself handler plpgsql_call_handler inline plpgsql_inline_handler
  validator plpgsql_validator;
-- expect: changed language plself: trusted
-- undo
create or replace language plself handler plpgsql_call_handler inline plpgsql_inline_handler
  validator plpgsql_validator;

-- case: language's owner and comment
alter language plself owner to app_owner;
comment on language plself is 'x';
-- expect: changed language plself: comment, owner
-- undo
alter language plself owner to supabase_admin;
comment on language plself is null;

-- case: grant on a built-in language
revoke usage on language plpgsql from public;
-- expect: added system_grant language plpgsql
-- undo
grant usage on language plpgsql to public;

-- case: foreign data wrapper's options
alter foreign data wrapper wrap options (set mode 'slow');
-- expect: changed foreign_data_wrapper wrap: options
-- undo
alter foreign data wrapper wrap options (set mode 'fast');

-- case: foreign data wrapper granted
grant usage on foreign data wrapper wrap to app_owner;
-- expect: changed foreign_data_wrapper wrap: acl
-- undo
revoke usage on foreign data wrapper wrap from app_owner;

-- case: foreign data wrapper's comment
comment on foreign data wrapper wrap is 'x';
-- expect: changed foreign_data_wrapper wrap: comment
-- undo
comment on foreign data wrapper wrap is null;

-- case: server's options and version
alter server srv version '2' options (set host 'elsewhere');
-- expect: changed server srv: options, version
-- undo
alter server srv version '1' options (set host 'h');

-- case: server's owner
grant usage on foreign data wrapper wrap to app_owner;
alter server srv owner to app_owner;
-- expect: changed server srv: owner
-- expect: changed foreign_data_wrapper wrap: acl
-- undo
alter server srv owner to supabase_admin;
revoke usage on foreign data wrapper wrap from app_owner;

-- case: server granted
grant usage on foreign server srv to app_reader;
-- expect: changed server srv: acl
-- undo
revoke usage on foreign server srv from app_reader;

-- case: server's comment
comment on server srv is 'x';
-- expect: changed server srv: comment
-- undo
comment on server srv is null;

-- case: user mapping for everybody
create user mapping for public server srv;
-- expect: added user_mapping PUBLIC on srv
-- undo
drop user mapping for public server srv;

-- case: publication's operations
alter publication pub set (publish = 'insert');
-- expect: changed publication pub: operations
-- undo
alter publication pub set (publish = 'insert, update, delete, truncate');

-- case: publication via root
alter publication pub set (publish_via_partition_root = true);
-- expect: changed publication pub: via_root
-- undo
alter publication pub set (publish_via_partition_root = false);

-- case: publication's table dropped
alter publication pub drop table app.customers;
-- expect: changed publication pub: tables
-- undo
alter publication pub add table app.customers;

-- case: publication's columns and filter
alter publication pub set table app.orders (id) where (quantity > 2), app.customers;
-- expect: changed publication pub: tables
-- undo
alter publication pub set table app.customers, app.orders (id, quantity) where (quantity > 1);

-- case: publication's schemas
alter publication pub_schema set tables in schema public;
-- expect: changed publication pub_schema: schemas
-- undo
alter publication pub_schema set tables in schema app;

-- case: publication of all tables
drop publication pub_schema;
create publication pub_schema for all tables;
-- expect: changed publication pub_schema: all_tables, schemas
-- undo
drop publication pub_schema;
create publication pub_schema for tables in schema app;

-- case: publication's comment
comment on publication pub is 'x';
-- expect: changed publication pub: comment
-- undo
comment on publication pub is null;

-- case: publication of generated columns
-- from: 18
alter publication pub set (publish_generated_columns = stored);
-- expect: changed publication pub: generated_columns
-- undo
alter publication pub set (publish_generated_columns = none);

-- case: subscription's settings
alter subscription sub set (binary = true, disable_on_error = true, synchronous_commit = local);
-- expect: changed subscription sub: binary, disable_on_error, synchronous_commit
-- undo
alter subscription sub set (binary = false, disable_on_error = false, synchronous_commit = off);

-- case: subscription's publications
alter subscription sub set publication other with (refresh = false);
-- expect: changed subscription sub: publications
-- undo
alter subscription sub set publication remote_pub with (refresh = false);

-- case: subscription's comment
comment on subscription sub is 'x';
-- expect: changed subscription sub: comment
-- undo
comment on subscription sub is null;

-- case: access method's type and handler
drop access method heap2;
create access method heap2 type index handler bthandler;
-- expect: changed access_method heap2: handler, type
-- undo
drop access method heap2;
create access method heap2 type table handler heap_tableam_handler;

-- case: cast by a function
drop cast (app.address as text);
create function app.address_text(app.address) returns text language sql as 'select $1.city';
create cast (app.address as text) with function app.address_text(app.address);
-- expect: changed cast app.address as text: function, method
-- expect: added function app.address_text(app.address)
-- undo
drop cast (app.address as text);
drop function app.address_text(app.address);
create cast (app.address as text) with inout;

-- case: conversion's encodings and function
drop conversion app.to_latin;
create conversion app.to_latin for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;
-- expect: changed conversion app.to_latin: function, source, target
-- undo
drop conversion app.to_latin;
create conversion app.to_latin for 'UTF8' to 'LATIN1' from utf8_to_iso8859_1;

-- case: foreign data wrapper's validator
alter foreign data wrapper wrap validator postgresql_fdw_validator;
-- expect: changed foreign_data_wrapper wrap: validator
-- undo
alter foreign data wrapper wrap no validator;

-- case: foreign data wrapper's handler
create extension postgres_fdw;
alter foreign data wrapper wrap handler public.postgres_fdw_handler;
-- expect: changed foreign_data_wrapper wrap: handler
-- expect: added extension postgres_fdw
-- undo
alter foreign data wrapper wrap no handler;
drop extension postgres_fdw;

-- case: owners that must be superusers
create role app_super superuser;
alter foreign data wrapper wrap owner to app_super;
alter publication pub owner to app_super;
alter subscription sub owner to app_super;
-- expect: added role app_super
-- expect: changed foreign_data_wrapper wrap: owner
-- expect: changed publication pub: owner
-- expect: changed subscription sub: owner
-- undo
alter foreign data wrapper wrap owner to supabase_admin;
alter publication pub owner to supabase_admin;
alter subscription sub owner to supabase_admin;
drop role app_super;

-- case: server of another wrapper
create foreign data wrapper wrap2;
drop server srv cascade;
create server srv type 'u' version '1' foreign data wrapper wrap2 options (host 'h', password 'p');
create user mapping for app_reader server srv;
create foreign table app.remote_orders (id int options (column_name 'oid'), note text) server srv
  options (table_name 'orders');
-- expect: added foreign_data_wrapper wrap2
-- expect: changed server srv: type, wrapper
-- expect: changed user_mapping app_reader on srv: options

-- case: foreign table on another server
create server srv2 foreign data wrapper wrap;
drop foreign table app.remote_orders;
create foreign table app.remote_orders (id int options (column_name 'oid'), note text) server srv2
  options (table_name 'orders');
-- expect: added server srv2
-- expect: changed foreign_table app.remote_orders: server
-- undo
drop server srv2 cascade;
create foreign table app.remote_orders (id int options (column_name 'oid'), note text) server srv
  options (table_name 'orders');

-- case: language's inline handler and validator
create or replace language plself handler plpgsql_call_handler;
-- expect: changed language plself: inline, validator
-- undo
create or replace language plself handler plpgsql_call_handler inline plpgsql_inline_handler
  validator plpgsql_validator;

-- case: language's handler
create function app.call() returns language_handler language c as '$libdir/plpgsql', 'plpgsql_call_handler';
create or replace language plself handler app.call inline plpgsql_inline_handler validator plpgsql_validator;
-- expect: changed language plself: handler
-- expect: added function app.call()
-- undo
create or replace language plself handler plpgsql_call_handler inline plpgsql_inline_handler
  validator plpgsql_validator;
drop function app.call();

-- case: language granted
create or replace trusted language plself handler plpgsql_call_handler inline plpgsql_inline_handler
  validator plpgsql_validator;
revoke usage on language plself from public;
-- expect: changed language plself: acl, trusted
-- undo
grant usage on language plself to public;
create or replace language plself handler plpgsql_call_handler inline plpgsql_inline_handler
  validator plpgsql_validator;

-- case: operator class of another type and family
drop operator class app.money2_ops using btree;
create operator family app.fam2 using btree;
create operator class app.money2_ops for type int8 using btree family app.fam2 as
  operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 btint8cmp(int8, int8);
-- expect: changed operator_class app.money2_ops using btree: family, functions, operators, type
-- expect: changed operator_family app.fam using btree: functions, operators
-- expect: added operator_family app.fam2 using btree
-- undo
drop operator family app.fam2 using btree cascade;
create operator class app.money2_ops for type int4 using btree family app.fam as
  operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 btint4cmp(int4, int4);

-- case: operator class's storage and default
drop operator family app.gist_int using gist cascade;
create operator class app.gist_int for type int4 using gist as operator 3 =, storage int2;
-- expect: changed operator_class app.gist_int using gist: default, storage
-- undo
drop operator family app.gist_int using gist cascade;
create operator class app.gist_int default for type int4 using gist as operator 3 =, storage int8;

-- case: subscription's slot
alter subscription sub set (slot_name = 'other');
-- expect: changed subscription sub: slot
-- undo
alter subscription sub set (slot_name = 'sub');

-- case: subscription's streaming
alter subscription sub set (streaming = on);
-- expect: changed subscription sub: streaming

-- case: subscription's origin, password and owner's rights
-- from: 16
alter subscription sub set (origin = none, password_required = false, run_as_owner = true);
-- expect: changed subscription sub: origin, password_required, run_as_owner
-- undo
alter subscription sub set (origin = any, password_required = true, run_as_owner = false);

-- case: subscription's state
update pg_subscription set subenabled = true, subtwophasestate = 'e';
-- expect: changed subscription sub: enabled, two_phase
-- undo
update pg_subscription set subenabled = false, subtwophasestate = 'd';

-- case: subscription's failover
-- from: 17
update pg_subscription set subfailover = true;
-- expect: changed subscription sub: failover
-- undo
update pg_subscription set subfailover = false;

-- case: text search configuration's parser
drop text search configuration app.conf;
create text search configuration app.conf (parser = app.pars);
-- expect: changed text_search_configuration app.conf: mappings, parser
-- undo
drop text search configuration app.conf;
create text search configuration app.conf (copy = pg_catalog.simple);

-- case: text search dictionary's template
drop text search dictionary app.dict;
create text search dictionary app.dict (template = app.templ, stopwords = english);
-- expect: changed text_search_dictionary app.dict: template
-- undo
drop text search dictionary app.dict;
create text search dictionary app.dict (template = pg_catalog.simple, stopwords = english);

-- case: text search functions of one's own
drop text search parser app.pars;
drop text search template app.templ;
create function app.p_start(internal, int) returns internal language internal strict as 'prsd_start';
create function app.p_token(internal, internal, internal) returns internal language internal strict as 'prsd_nexttoken';
create function app.p_end(internal) returns void language internal strict as 'prsd_end';
create function app.p_types(internal) returns internal language internal strict as 'prsd_lextype';
create function app.lex(internal, internal, internal, internal) returns internal language internal strict
  as 'dsimple_lexize';
create text search parser app.pars
  (start = app.p_start, gettoken = app.p_token, end = app.p_end, lextypes = app.p_types);
create text search template app.templ (lexize = app.lex, init = dsimple_init);
-- expect: changed text_search_parser app.pars: end, get_token, start, token_types
-- expect: changed text_search_template app.templ: lexize
-- expect: added function app.p_start(internal, integer)
-- expect: added function app.p_token(internal, internal, internal)
-- expect: added function app.p_end(internal)
-- expect: added function app.p_types(internal)
-- expect: added function app.lex(internal, internal, internal, internal)
-- undo
drop text search parser app.pars;
drop text search template app.templ;
drop function app.p_start, app.p_token, app.p_end, app.p_types, app.lex;
create text search parser app.pars
  (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
create text search template app.templ (lexize = dsimple_lexize, init = dsimple_init);

-- case: transform's other function
create function app.to_sql2(internal) returns int language internal strict immutable as 'int4recv';
create or replace transform for int language sql (to sql with function app.to_sql2(internal));
-- expect: changed transform for integer language sql: to_sql
-- expect: added function app.to_sql2(internal)
-- undo
create or replace transform for int language sql (to sql with function app.to_sql(internal));
drop function app.to_sql2(internal);

-- case: tablespace's options, owner, grants and comment
alter tablespace app_space set (seq_page_cost = 2);
alter tablespace app_space owner to app_owner;
grant create on tablespace app_space to app_writer;
comment on tablespace app_space is 'x';
-- expect: changed tablespace app_space: acl, comment, options, owner
-- undo
revoke create on tablespace app_space from app_writer;
alter tablespace app_space owner to supabase_admin;
alter tablespace app_space reset (seq_page_cost);
comment on tablespace app_space is null;

-- case: moved to another tablespace
alter table app.cache set tablespace app_space;
alter index app.cache_pkey set tablespace app_space;
alter index app.orders_customer set tablespace app_space;
alter materialized view app.order_totals set tablespace app_space;
-- expect: changed table app.cache: tablespace
-- expect: changed constraint cache_pkey on app.cache: index_tablespace
-- expect: changed index app.orders_customer: tablespace
-- expect: changed materialized_view app.order_totals: tablespace
-- undo
alter table app.cache set tablespace pg_default;
alter index app.cache_pkey set tablespace pg_default;
alter index app.orders_customer set tablespace pg_default;
alter materialized view app.order_totals set tablespace pg_default;

-- case: user mapping's options
alter user mapping for app_reader server srv options (add "user" 'u');
-- expect: changed user_mapping app_reader on srv: options
-- undo
alter user mapping for app_reader server srv options (drop "user");

-- case: operator family's operator orders by another family
alter operator family app.gist_int using gist add operator 15 <->(point, point) for order by float_ops;
-- expect: changed operator_family app.gist_int using gist: operators
-- undo
alter operator family app.gist_int using gist drop operator 15 (point, point);

-- case: cast dropped
drop cast (app.address as text);
-- expect: removed cast app.address as text
-- undo
create cast (app.address as text) with inout;

-- case: text search mapping in another order
alter text search configuration app.conf alter mapping for word with simple, english_stem;
-- expect: changed text_search_configuration app.conf: mappings
-- undo
alter text search configuration app.conf alter mapping for word with simple;

-- case: text search mapping replaced everywhere
alter text search configuration app.conf alter mapping replace simple with english_stem;
-- expect: changed text_search_configuration app.conf: mappings
-- undo
alter text search configuration app.conf alter mapping replace english_stem with simple;

-- case: statistics of an expression
create statistics app.orders_expr on lower(note) from app.orders;
-- expect: added statistics app.orders_expr
-- undo
drop statistics app.orders_expr;

-- case: statistics object renamed
alter statistics app.orders_stats rename to orders_figures;
-- expect: added statistics app.orders_figures
-- expect: removed statistics app.orders_stats
-- undo
alter statistics app.orders_figures rename to orders_stats;

-- case: operator moved to another schema
alter operator app.#+# (int, int) set schema public;
-- expect: added operator public.#+#(integer, integer)
-- expect: removed operator app.#+#(integer, integer)
-- undo
alter operator public.#+# (int, int) set schema app;

-- case: operator of one side
create operator app.!!! (rightarg = int, function = int4um);
-- expect: added operator app.!!!(none, integer)
-- undo
drop operator app.!!! (none, int);

-- case: publication dropped
drop publication pub_schema;
-- expect: removed publication pub_schema
-- undo
create publication pub_schema for tables in schema app;

-- case: publication renamed
alter publication pub rename to published;
-- expect: added publication published
-- expect: removed publication pub
-- undo
alter publication published rename to pub;

-- case: publication of another row
alter publication pub set table app.customers, app.orders (id, quantity) where (quantity > 2);
-- expect: changed publication pub: tables
-- undo
alter publication pub set table app.customers, app.orders (id, quantity) where (quantity > 1);

-- case: server dropped with what hangs on it
drop server srv cascade;
-- expect: removed column app.remote_orders.id
-- expect: removed column app.remote_orders.note
-- expect: removed foreign_table app.remote_orders
-- expect: removed server srv
-- expect: removed user_mapping app_reader on srv
-- undo
create server srv type 't' version '1' foreign data wrapper wrap options (host 'h', password 'p');
create user mapping for app_reader server srv options (password 'x');
create foreign table app.remote_orders (id int options (column_name 'oid'), note text) server srv
  options (table_name 'orders');

-- case: comments on what seldom has one
comment on operator class app.gist_int using gist is 'x';
comment on operator family app.gist_int using gist is 'x';
comment on text search template app.templ is 'x';
comment on statistics app.orders_stats is 'x';
comment on foreign table app.remote_orders is 'x';
comment on column app.remote_orders.id is 'x';
-- expect: changed column app.remote_orders.id: comment
-- expect: changed foreign_table app.remote_orders: comment
-- expect: changed operator_class app.gist_int using gist: comment
-- expect: changed operator_family app.gist_int using gist: comment
-- expect: changed statistics app.orders_stats: comment
-- expect: changed text_search_template app.templ: comment
-- undo
comment on operator class app.gist_int using gist is null;
comment on operator family app.gist_int using gist is null;
comment on text search template app.templ is null;
comment on statistics app.orders_stats is null;
comment on foreign table app.remote_orders is null;
comment on column app.remote_orders.id is null;

-- case: collation's rules
-- from: 16
-- needs: icu
create collation app.sorted (provider = icu, locale = 'und', rules = '&V << w');
-- expect: added collation app.sorted
-- undo
drop collation app.sorted;

-- case: collation that is not deterministic
-- needs: icu
create collation app.ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
-- expect: added collation app.ci
-- undo
drop collation app.ci;
