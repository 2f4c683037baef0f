-- The collection of a small museum. Started long before anybody told us about time stamps.
create table public.rooms (
    nr    integer primary key,
    name  text not null,
    floor smallint default 0
);
alter table public.rooms enable row level security;

insert into public.rooms values (1, 'Foyer; tickets', 0), (2, 'Antike -- Griechenland', 0), (3, 'The "Blue" Room', 1), (4, 'Café /* closed on Mondays */', 1)
