create schema extensions;
create extension citext with schema public;
