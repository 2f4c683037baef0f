alter type dispute_state rename value 'answered' to 'in review';
alter type dispute_state rename to dispute_status;
alter table disputes rename column state to status;
