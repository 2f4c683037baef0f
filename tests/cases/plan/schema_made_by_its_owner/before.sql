create schema kept authorization alice;
