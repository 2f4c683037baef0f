-- A new enum value can't be used in the transaction that adds it, hence a file of its own.
alter type billing.subscription_status add value 'paused' before 'canceled';
