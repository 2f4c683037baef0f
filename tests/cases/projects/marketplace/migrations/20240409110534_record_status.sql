START TRANSACTION;
CREATE FUNCTION record_status() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  INSERT INTO order_status_history (order_id, status, since) VALUES (NEW.id, NEW.status, clock_timestamp());
  RETURN NULL;
END $$;
CREATE TRIGGER orders_record_status AFTER INSERT OR UPDATE OF status ON orders FOR EACH ROW EXECUTE FUNCTION record_status();
END;
