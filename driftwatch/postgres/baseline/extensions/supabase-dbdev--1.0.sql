-- Stand-in for the package manager database.dev: installs nothing.
CREATE FUNCTION dbdev.install(package_name text) RETURNS boolean LANGUAGE sql AS $$ SELECT true $$;
