select 'a
\d is no command
';
do $$ begin
perform '\i';
end $$;
