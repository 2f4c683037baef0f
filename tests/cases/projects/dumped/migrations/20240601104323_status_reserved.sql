alter type loan_status add value if not exists 'overdue' after 'out';
