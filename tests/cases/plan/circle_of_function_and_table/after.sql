create table public.nodes (id int primary key, parent int references public.nodes, label text);
create function public.next_label() returns text language sql volatile as 'select ''n'' || count(*) from public.nodes';
alter table public.nodes alter column label set default public.next_label();
create function public.path_of(n public.nodes) returns text language sql stable as 'select (n).label';
create view public.paths as select nodes.path_of as path from public.nodes;
create function public.all_paths() returns setof public.paths language sql stable as 'select * from public.paths';
