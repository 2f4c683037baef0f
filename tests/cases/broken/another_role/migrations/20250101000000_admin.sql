set role supabase_admin;
