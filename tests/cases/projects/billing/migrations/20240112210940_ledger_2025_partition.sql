create table billing.ledger_entries_2025 (like billing.ledger_entries including defaults including constraints including identity);
alter table billing.ledger_entries_2025 add constraint ledger_2025_range
  check (booked_on >= date '2025-01-01' and booked_on < date '2026-01-01');
alter table billing.ledger_entries_2025 alter column id drop identity;
alter table billing.ledger_entries
  attach partition billing.ledger_entries_2025 for values from ('2025-01-01') to ('2026-01-01');
alter table billing.ledger_entries_2025 drop constraint ledger_2025_range;
