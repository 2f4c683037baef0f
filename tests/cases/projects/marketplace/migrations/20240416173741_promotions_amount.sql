alter table promotions alter column percent drop not null;
alter table promotions add column amount numeric(8, 2), add constraint percent_or_amount check ((percent is null) <> (amount is null));
