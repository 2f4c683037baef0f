create default conversion public.latin for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;
create conversion public."Back" for 'UTF8' to 'LATIN1' from utf8_to_iso8859_1;
comment on conversion public."Back" is 'and back';
alter conversion public."Back" owner to pg_monitor;
