create schema app authorization alice;
