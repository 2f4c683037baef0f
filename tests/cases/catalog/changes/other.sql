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
create operator app.=== (leftarg = int, rightarg = int, function = int4eq, commutator = operator(app.===),
  negator = operator(app.<<>>), restrict = eqsel, join = eqjoinsel, merges, hashes);
create operator app.<<>> (leftarg = int, rightarg = int, function = int4ne, negator = operator(app.===));
-- expect: added operator app.===(integer, integer)
-- expect: added operator app.<<>>(integer, integer)
-- undo
drop operator app.<<>> (int, int);
drop operator app.=== (int, int);

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
create publication of_schema for tables in schema public;
-- expect: added publication of_schema
-- undo
drop publication of_schema;

-- case: publication of all tables
create publication everything for all tables;
-- expect: added publication everything
-- undo
drop publication everything;

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
