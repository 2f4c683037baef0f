BEGIN;

CREATE OR REPLACE FUNCTION reserve_listing(l bigint) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  UPDATE listings SET status = 'reserved'
   WHERE id = l AND status = 'published'
     AND shop_id IN (SELECT id FROM shops WHERE owner = auth.uid())
$$;

COMMIT;
