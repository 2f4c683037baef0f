update experiments set running = false where key = 'search-sidebar';
delete from experiments where key = 'search-sidebar';
