select vault.create_secret('not really a secret', 'service_key', 'for webhooks');
