ALTER TYPE billing.invoice_status ADD VALUE IF NOT EXISTS 'uncollectible';
