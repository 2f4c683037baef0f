begin;
select 1;
commit;
start transaction isolation level serializable;
select 2;
end;
