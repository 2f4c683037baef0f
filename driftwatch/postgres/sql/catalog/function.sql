-- function, procedure, aggregate: identity is the name with the input types; text of bodies as stored.
-- Out: the constructors that come with a range type.
-- @holds-locks
select case p.prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end as kind,
       n.nspname as schema,
       quote_ident(n.nspname) || '.' || quote_ident(p.proname) || '(' || oidvectortypes(p.proargtypes) || ')'
         as identity,
       pg_get_function_arguments(p.oid) as arguments,
       pg_get_function_result(p.oid) as result,
       quote_ident(l.lanname) as language,
       case when p.prokind <> 'a' and p.prosqlbody is null then p.prosrc end as body,
       case when p.prosqlbody is not null then pg_get_function_sqlbody(p.oid) end as sql_body,
       p.probin as library,
       case when p.prokind = 'w' then true end as "window",
       case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end as volatility,
       case p.proparallel when 's' then 'safe' when 'r' then 'restricted' else 'unsafe' end as parallel,
       p.prosecdef as security_definer,
       p.proleakproof as leakproof,
       p.proisstrict as strict,
       case when p.prokind <> 'a' then p.procost::text end as cost,
       case when p.proretset then p.prorows::text end as rows,
       case when p.prosupport <> 0 then p.prosupport::regprocedure::text end as support,
       case when p.proconfig is not null
            then array(select o from unnest(p.proconfig) o order by o collate "C") end as settings,
       case when p.protrftypes is not null
            then array(select format_type(o, null) from unnest(p.protrftypes) with ordinality u(o, at)
                       order by at) end as transforms,
       case when g.aggfnoid is not null then array_remove(array[
         'kind=' || case g.aggkind when 'n' then 'normal' when 'o' then 'ordered-set' else 'hypothetical-set' end,
         'direct_arguments=' || nullif(g.aggnumdirectargs, 0),
         'sfunc=' || g.aggtransfn::regprocedure,
         'stype=' || format_type(g.aggtranstype, null),
         'sspace=' || nullif(g.aggtransspace, 0),
         'initcond=' || g.agginitval,
         'finalfunc=' || nullif(g.aggfinalfn, 0::regproc)::regprocedure,
         'finalfunc_extra=' || nullif(g.aggfinalextra, false),
         'finalfunc_modify=' || case when g.aggfinalfn <> 0::regproc then g.aggfinalmodify::text end,
         'combinefunc=' || nullif(g.aggcombinefn, 0::regproc)::regprocedure,
         'serialfunc=' || nullif(g.aggserialfn, 0::regproc)::regprocedure,
         'deserialfunc=' || nullif(g.aggdeserialfn, 0::regproc)::regprocedure,
         'msfunc=' || nullif(g.aggmtransfn, 0::regproc)::regprocedure,
         'minvfunc=' || nullif(g.aggminvtransfn, 0::regproc)::regprocedure,
         'mstype=' || case when g.aggmtranstype <> 0 then format_type(g.aggmtranstype, null) end,
         'msspace=' || nullif(g.aggmtransspace, 0),
         'minitcond=' || g.aggminitval,
         'mfinalfunc=' || nullif(g.aggmfinalfn, 0::regproc)::regprocedure,
         'mfinalfunc_extra=' || nullif(g.aggmfinalextra, false),
         'mfinalfunc_modify=' || case when g.aggmfinalfn <> 0::regproc then g.aggmfinalmodify::text end,
         'sortop=' || nullif(g.aggsortop, 0)::regoperator], null) end as aggregate,
       x.extensions as depends_on_extensions,
       quote_ident(pg_get_userbyid(p.proowner)) as owner,
       coalesce(p.proacl, acldefault('f', p.proowner))::text[] as acl,
       acldefault('f', p.proowner)::text[] as acl_default,
       d.description as comment
  from pg_proc p
  join pg_namespace n on n.oid = p.pronamespace
  join pg_language l on l.oid = p.prolang
  left join pg_aggregate g on g.aggfnoid = p.oid
  left join (select dx.objid, array_agg(quote_ident(e.extname) order by e.extname collate "C") as extensions
               from pg_depend dx join pg_extension e on e.oid = dx.refobjid
              where dx.refclassid = 'pg_extension'::regclass and dx.classid = 'pg_proc'::regclass
                and dx.deptype = 'x'
              group by dx.objid) x on x.objid = p.oid
  left join pg_description d on d.classoid = 'pg_proc'::regclass and d.objoid = p.oid and d.objsubid = 0
 where not starts_with(n.nspname, 'pg_') and n.nspname <> 'information_schema'
   and not (l.lanname = 'internal' and p.prosrc ~ '^(multi)?range_constructor[0-9]$')
   and p.oid not in (select objid from pg_depend where refclassid = 'pg_extension'::regclass
                     and classid = 'pg_proc'::regclass and deptype = 'e')
