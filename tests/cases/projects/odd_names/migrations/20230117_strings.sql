create table public.texte (
    schluessel text primary key,
    wert       text not null default E'Zeile 1\nZeile 2; \'Ende\' \\ -- kein Kommentar',
    unicode    text not null default U&'d\0061t\+000061 \00fc',
    frei       text not null default U&'g!00f6!003b' uescape '!',
    bits       bit(8) not null default B'10100101',
    hex        bytea not null default '\xdeadbeef',
    n          text default N'national',
    lang       text default 'fortgesetzt '
               'in der nächsten Zeile;'
);
insert into public.texte (schluessel, wert) values
    ('begin', 'BEGIN; COMMIT;'),
    ('kommentar', '/* nicht -- wirklich */'),
    ('dollar', '$$ $tag$ $'),
    ('emoji', '🏺 Vase, 👩‍🎨 Künstlerin, 𝔉raktur');
comment on column public.texte.wert is $$O'Brien; "quoted" \ backslash$$;
