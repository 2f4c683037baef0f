create role chief superuser;
