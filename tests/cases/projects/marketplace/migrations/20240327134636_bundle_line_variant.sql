alter type bundle_line add attribute variant_id bigint;
