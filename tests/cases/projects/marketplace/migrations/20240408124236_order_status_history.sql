BEGIN;
CREATE TABLE order_status_history (
  order_id bigint NOT NULL REFERENCES orders ON DELETE CASCADE,
  status order_status NOT NULL,
  since timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (order_id, since)
);
INSERT INTO order_status_history (order_id, status, since) SELECT id, status, updated_at FROM orders;
ALTER TABLE order_status_history ENABLE ROW LEVEL SECURITY;
CREATE POLICY "buyers follow the status" ON order_status_history FOR SELECT TO authenticated USING (owns_order(order_id));
COMMIT;
