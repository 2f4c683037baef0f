-- text_search_configuration: parser and the dictionaries for each token type, in their order.
select n.nspname as schema,
       quote_ident(n.nspname) || '.' || quote_ident(c.cfgname) as identity,
       quote_ident(pn.nspname) || '.' || quote_ident(p.prsname) as parser,
       array(select tt.alias || ': ' || string_agg(quote_ident(dn.nspname) || '.' || quote_ident(td.dictname), ', '
                                                   order by m.mapseqno)
               from pg_ts_config_map m
               join ts_token_type(p.oid) tt on tt.tokid = m.maptokentype
               join pg_ts_dict td on td.oid = m.mapdict
               join pg_namespace dn on dn.oid = td.dictnamespace
              where m.mapcfg = c.oid group by tt.alias order by tt.alias collate "C") as mappings,
       quote_ident(pg_get_userbyid(c.cfgowner)) as owner,
       d.description as comment
  from pg_ts_config c
  join pg_namespace n on n.oid = c.cfgnamespace
  join pg_ts_parser p on p.oid = c.cfgparser
  join pg_namespace pn on pn.oid = p.prsnamespace
  left join pg_description d on d.classoid = 'pg_ts_config'::regclass and d.objoid = c.oid and d.objsubid = 0
 where not starts_with(n.nspname, 'pg_') and n.nspname <> 'information_schema'
   and c.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                     and classid = 'pg_ts_config'::regclass and deptype = 'e')
