-- case: enum value added at the end
alter type app.mood add value 'ecstatic';
-- expect: changed type app.mood: labels

-- case: enum value added before
alter type app.mood add value 'meh' before 'ok';
-- expect: changed type app.mood: labels

-- case: enum value renamed
alter type app.mood rename value 'ok' to 'fine';
-- expect: changed type app.mood: labels
-- expect: changed column app.customers.mood: default
-- undo
alter type app.mood rename value 'fine' to 'ok';

-- case: enum created
create type app.colour as enum ('red', 'green');
-- expect: added type app.colour
-- undo
drop type app.colour;

-- case: composite attribute added
alter type app.address add attribute country text cascade;
-- expect: changed type app.address: attributes
-- expect: added column public.typed.country
-- undo
alter type app.address drop attribute country cascade;

-- case: composite attribute renamed
alter type app.address rename attribute city to town cascade;
-- expect: changed type app.address: attributes
-- expect: removed column public.typed.city
-- expect: added column public.typed.town
-- undo
alter type app.address rename attribute town to city cascade;

-- case: comment on an attribute
comment on column app.address.city is 'x';
-- expect: changed type app.address: attribute_comments
-- undo
comment on column app.address.city is null;

-- case: range
create type app.r as range (subtype = text, collation = "C", multirange_type_name = app.rs);
-- expect: added type app.r
-- undo
drop type app.r;

-- case: range's difference
drop type app.span cascade;
create type app.span as range (subtype = float8);
alter table app.orders add column during app.span;
-- expect: changed type app.span: subtype_diff
-- expect: changed table app.orders: column_order
-- expect: removed constraint orders_during_excl on app.orders

-- case: base type's properties
alter type app.money2 set (storage = plain, analyze = array_typanalyze);
-- expect: changed type app.money2: base
-- undo
alter type app.money2 set (analyze = none);

-- case: shell
create type app.shell2;
-- expect: added type app.shell2
-- undo
drop type app.shell2;

-- case: owner
alter type app.mood owner to app_owner;
-- expect: changed type app.mood: owner
-- undo
alter type app.mood owner to supabase_admin;

-- case: revoked
revoke usage on type app.mood from public;
-- expect: changed type app.mood: acl
-- undo
grant usage on type app.mood to public;

-- case: comment
comment on type app.mood is 'x';
-- expect: changed type app.mood: comment
-- undo
comment on type app.mood is null;

-- case: domain's default
alter domain app.email set default 'x@y';
-- expect: changed domain app.email: default
-- undo
alter domain app.email set default 'nobody@example.com';

-- case: domain not null
alter domain app.code drop not null;
-- expect: changed domain app.code: not_null
-- undo
alter domain app.code set not null;

-- case: domain's base type and collation
drop domain app.code;
create domain app.code as text not null;
-- expect: changed domain app.code: collation, type
-- undo
drop domain app.code;
create domain app.code as varchar(8) collate "C" not null;

-- case: domain's owner
alter domain app.code owner to app_owner;
-- expect: changed domain app.code: owner
-- undo
alter domain app.code owner to supabase_admin;

-- case: domain granted
grant usage on domain app.code to app_reader;
-- expect: changed domain app.code: acl
-- undo
revoke usage on domain app.code from app_reader;

-- case: domain's comment
comment on domain app.code is 'x';
-- expect: changed domain app.code: comment
-- undo
comment on domain app.code is null;

-- case: domain's check added
alter domain app.email add constraint short check (length(value) < 100);
-- expect: added domain_constraint short on app.email
-- undo
alter domain app.email drop constraint short;

-- case: domain's check
alter domain app.email drop constraint email_at;
alter domain app.email add constraint email_at check (value like '%@%.%');
-- expect: changed domain_constraint email_at on app.email: definition
-- undo
alter domain app.email drop constraint email_at;
alter domain app.email add constraint email_at check (value like '%@%');

-- case: domain's check not valid
alter domain app.email drop constraint email_at;
alter domain app.email add constraint email_at check (value like '%@%') not valid;
-- expect: changed domain_constraint email_at on app.email: definition, validated
-- undo
alter domain app.email validate constraint email_at;

-- case: comment on a domain's check
comment on constraint email_at on domain app.email is 'x';
-- expect: changed domain_constraint email_at on app.email: comment
-- undo
comment on constraint email_at on domain app.email is null;

-- case: shell became an enum
drop type app.shell;
create type app.shell as enum ('a');
-- expect: changed type app.shell: labels, type
-- undo
drop type app.shell;
create type app.shell;

-- case: range of another subtype
drop type app.lone cascade;
create type app.lone as range (subtype = text, subtype_opclass = text_pattern_ops, collation = "C",
  multirange_type_name = app.lones);
-- expect: changed type app.lone: canonical, collation, multirange, subtype, subtype_opclass
-- expect: removed function app.lone_canon(app.lone)

-- case: multirange renamed
alter type app.span_multirange rename to spans;
-- expect: changed type app.span: multirange
-- undo
alter type app.spans rename to span_multirange;

-- case: domain's default calls a function that was renamed
create domain app.counted as int default app.plus(1, 2);
alter function app.plus(int, int) rename to add_up;
-- expect: added domain app.counted
-- expect: added function app.add_up(integer, integer)
-- expect: changed aggregate app.sum2(integer): aggregate
-- expect: changed operator app.#+#(integer, integer): function
-- expect: removed function app.plus(integer, integer)
-- undo
drop domain app.counted;
alter function app.add_up(int, int) rename to plus;

-- case: domain's check renamed
alter domain app.email rename constraint email_at to email_has_at;
-- expect: added domain_constraint email_has_at on app.email
-- expect: removed domain_constraint email_at on app.email
-- undo
alter domain app.email rename constraint email_has_at to email_at;

-- case: domain's check dropped
alter domain app.email drop constraint email_at;
-- expect: removed domain_constraint email_at on app.email
-- undo
alter domain app.email add constraint email_at check (value like '%@%');

-- case: name of a domain's NOT NULL
-- from: 17
alter domain app.code rename constraint code_not_null to code_is_there;
-- expect: changed domain app.code: not_null_name
-- undo
alter domain app.code rename constraint code_is_there to code_not_null;

-- case: comment on a domain's NOT NULL
-- from: 17
comment on constraint code_not_null on domain app.code is 'x';
-- expect: changed domain app.code: not_null_comment
-- undo
comment on constraint code_not_null on domain app.code is null;

-- case: domain over a domain
create domain app.work_email as app.email check (value like '%@work%');
-- expect: added domain app.work_email
-- expect: added domain_constraint work_email_check on app.work_email
-- undo
drop domain app.work_email;

-- case: granted with grant option
grant usage on type app.mood to app_reader with grant option;
-- expect: changed type app.mood: acl
-- undo
revoke usage on type app.mood from app_reader;

-- case: moved to another schema
alter type app.span set schema public;
-- expect: added type public.span
-- expect: changed column app.orders.during: type
-- expect: removed type app.span
-- undo
alter type public.span set schema app;

-- case: base type created
create type app.money3;
create function app.money3_in(cstring) returns app.money3 language internal immutable strict as 'int8in';
create function app.money3_out(app.money3) returns cstring language internal immutable strict as 'int8out';
create type app.money3 (input = app.money3_in, output = app.money3_out, internallength = 8, passedbyvalue,
  alignment = double, category = 'N', preferred = true, default = '0', delimiter = ';', collatable = false);
-- expect: added function app.money3_in(cstring)
-- expect: added function app.money3_out(app.money3)
-- expect: added type app.money3
-- undo
drop type app.money3 cascade;

-- case: composite of collations and our own types
create type app.pair as (a text collate "C", b app.mood, c app.code[]);
-- expect: added type app.pair
-- undo
drop type app.pair;
