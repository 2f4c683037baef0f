savepoint a;
release a;
