create publication pub with (publish = 'delete, truncate', publish_via_partition_root = true);
create publication via;
create publication none_at_all;
