update promotions set code = upper(code);
alter table promotions add constraint promotions_code_upper check (code = upper(code));
