CREATE OR REPLACE FUNCTION public.change_plan(new_plan text, seats integer DEFAULT NULL, VARIADIC coupons text[] DEFAULT '{}')
RETURNS TABLE (subscription uuid, plan text, price numeric)
LANGUAGE plpgsql
VOLATILE
SECURITY DEFINER
SET search_path TO 'billing', 'pg_temp'
SET lock_timeout TO '2s'
ROWS 1
AS $_$
BEGIN
    RETURN QUERY
    UPDATE subscriptions s
       SET plan_id = p.id,
           quantity = COALESCE(seats, s.quantity)
      FROM plans p, customers c
     WHERE p.code = new_plan
       AND c.user_id = auth.uid()
       AND s.customer_id = c.id
       AND s.status IN ('trialing', 'active')
    RETURNING s.id, p.code, p.price::numeric;
END;
$_$;

REVOKE ALL ON FUNCTION public.change_plan(text, integer, VARIADIC text[]) FROM PUBLIC, anon;
GRANT EXECUTE ON FUNCTION public.change_plan(text, integer, VARIADIC text[]) TO authenticated;
