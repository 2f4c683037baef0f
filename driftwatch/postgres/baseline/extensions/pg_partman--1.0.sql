-- Stand-in for pg_partman: remembers what it is asked to manage, and makes no partitions.
CREATE TABLE @extschema@.part_config (
    parent_table text NOT NULL CONSTRAINT part_config_parent_table_pkey PRIMARY KEY,
    control text NOT NULL,
    partition_interval text NOT NULL,
    partition_type text NOT NULL DEFAULT 'range',
    premake integer NOT NULL DEFAULT 4,
    automatic_maintenance text NOT NULL DEFAULT 'on',
    template_table text,
    retention text,
    retention_schema text,
    retention_keep_index boolean NOT NULL DEFAULT true,
    retention_keep_table boolean NOT NULL DEFAULT true,
    infinite_time_partitions boolean NOT NULL DEFAULT false,
    inherit_privileges boolean DEFAULT false
);
CREATE FUNCTION @extschema@.create_parent(
    p_parent_table text, p_control text, p_interval text, p_type text DEFAULT 'range', p_epoch text DEFAULT 'none',
    p_premake integer DEFAULT 4, p_start_partition text DEFAULT NULL, p_default_table boolean DEFAULT true,
    p_automatic_maintenance text DEFAULT 'on', p_constraint_cols text[] DEFAULT NULL, p_template_table text DEFAULT NULL,
    p_jobmon boolean DEFAULT true, p_date_trunc_interval text DEFAULT NULL
) RETURNS boolean LANGUAGE sql AS $$
    INSERT INTO @extschema@.part_config (parent_table, control, partition_interval, partition_type, premake)
    VALUES (p_parent_table, p_control, p_interval, p_type, p_premake) ON CONFLICT DO NOTHING;
    SELECT true
$$;
CREATE FUNCTION @extschema@.run_maintenance(
    p_parent_table text DEFAULT NULL, p_analyze boolean DEFAULT false, p_jobmon boolean DEFAULT true
) RETURNS void LANGUAGE sql AS $$ SELECT $$;
CREATE PROCEDURE @extschema@.run_maintenance_proc(
    p_wait integer DEFAULT 0, p_analyze boolean DEFAULT NULL, p_jobmon boolean DEFAULT true
) LANGUAGE sql AS $$ SELECT $$;
GRANT SELECT, INSERT, UPDATE, DELETE ON @extschema@.part_config TO PUBLIC;
