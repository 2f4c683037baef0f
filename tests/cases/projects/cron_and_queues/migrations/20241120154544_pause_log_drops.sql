-- too noisy while we rename things
alter event trigger log_drops disable;
