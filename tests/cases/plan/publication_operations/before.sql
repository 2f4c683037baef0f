create publication pub with (publish = 'insert, update');
create publication via with (publish_via_partition_root = true);
create publication none_at_all with (publish = '');
