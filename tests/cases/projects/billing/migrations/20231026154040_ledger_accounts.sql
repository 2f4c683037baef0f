CREATE TYPE billing.account_kind AS ENUM ('asset', 'liability', 'income', 'expense');

CREATE TABLE billing.accounts (
    code        varchar(10) PRIMARY KEY,
    name        text NOT NULL,
    kind        billing.account_kind NOT NULL,
    parent_code varchar(10) REFERENCES billing.accounts (code) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT accounts_code_digits CHECK (code ~ '^\d{3,10}$')
);

INSERT INTO billing.accounts (code, name, kind, parent_code) VALUES
    ('1201', 'Receivables, domestic', 'asset', '1200'),
    ('1200', 'Receivables',           'asset', NULL),
    ('1800', 'Bank',                  'asset', NULL),
    ('3800', 'VAT payable',           'liability', NULL),
    ('4400', 'Subscription revenue',  'income', NULL);
