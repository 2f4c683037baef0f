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
