-- storage_bucket: rows of storage.buckets, without owner and times; older versions of the table have fewer columns.
-- @needs storage.buckets
select 'storage' as schema,
       b.id::text as identity,
       nullif(b.name::text, b.id::text) as name,
       coalesce((to_jsonb(b) ->> 'public')::boolean, false) as public,
       (to_jsonb(b) ->> 'file_size_limit')::bigint as file_size_limit,
       case when jsonb_typeof(to_jsonb(b) -> 'allowed_mime_types') = 'array'
            then array(select t collate "C" from jsonb_array_elements_text(to_jsonb(b) -> 'allowed_mime_types') t
                        order by 1) end as allowed_mime_types,
       nullif(to_jsonb(b) ->> 'type', 'STANDARD') as type,
       nullif(to_jsonb(b) ->> 'versioning_status', 'DISABLED') as versioning
  from storage.buckets b
