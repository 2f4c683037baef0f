create function public.rn() returns bigint language internal window stable as 'window_row_number';
create function public.low(text) returns text language internal immutable strict parallel safe as 'upper';
