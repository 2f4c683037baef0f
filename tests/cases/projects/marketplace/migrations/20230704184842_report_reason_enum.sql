create type report_reason as enum ('counterfeit', 'prohibited', 'spam', 'other');
alter table reports alter column reason type report_reason
  using (case when reason in ('counterfeit', 'prohibited', 'spam') then reason else 'other' end)::report_reason;
