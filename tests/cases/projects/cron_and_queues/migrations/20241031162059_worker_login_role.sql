DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'mailer') THEN
    CREATE ROLE mailer LOGIN NOINHERIT CONNECTION LIMIT 5;
  END IF;
END
$$;

GRANT job_worker TO mailer;
ALTER ROLE mailer SET search_path = jobs, extensions;
ALTER ROLE mailer SET statement_timeout = '5min';
GRANT EXECUTE ON FUNCTION jobs.enqueue_email(text, text, jsonb, int) TO mailer;
