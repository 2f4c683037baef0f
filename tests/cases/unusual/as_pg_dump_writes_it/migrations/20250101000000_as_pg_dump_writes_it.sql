--
-- PostgreSQL database dump
--

SET statement_timeout = 0;
SET lock_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET row_security = off;

CREATE FUNCTION public.later() RETURNS bigint
    LANGUAGE sql
    AS $$ select count(*) from public.made_after $$;

ALTER FUNCTION public.later() OWNER TO postgres;

CREATE TABLE public.made_after (
    id integer NOT NULL
);

CREATE SEQUENCE public.made_after_id_seq
    AS integer START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
ALTER SEQUENCE public.made_after_id_seq OWNED BY public.made_after.id;
ALTER TABLE ONLY public.made_after ALTER COLUMN id SET DEFAULT nextval('public.made_after_id_seq'::regclass);
ALTER TABLE ONLY public.made_after ADD CONSTRAINT made_after_pkey PRIMARY KEY (id);
ALTER TABLE public.made_after ENABLE ROW LEVEL SECURITY;
GRANT ALL ON TABLE public.made_after TO anon;
RESET ALL;
