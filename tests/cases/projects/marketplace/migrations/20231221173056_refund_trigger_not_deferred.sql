alter table refunds disable trigger refunds_apply;
drop trigger refunds_apply on refunds;
create trigger refunds_apply after insert on refunds for each row execute function apply_refund();
