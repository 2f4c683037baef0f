create policy "support reads accounts" on public.accounts for select to support_agent using (true);
create policy "support reads orders" on api.orders for select to support_agent using (true);
grant usage on schema public, api to support_agent;
grant select on public.accounts, public.devices, api.orders to support_agent;
revoke reporting from support_agent;
