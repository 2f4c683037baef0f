create function private.trim_audit(keep interval default '1 year') returns bigint language sql as $$
  with d as (delete from private.audit where at < now() - keep returning 1) select count(*) from d
$$;
