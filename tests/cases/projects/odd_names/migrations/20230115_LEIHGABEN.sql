CREATE TYPE public."Leih Status" AS ENUM ('angefragt', 'zugesagt', 'it''s away', 'zurück; ok', '');
CREATE TABLE public."LEIHGABEN" (
    "ID" UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    objekt BIGINT NOT NULL REFERENCES public."Objekte" (id),
    "an" TEXT NOT NULL,
    "STATUS" public."Leih Status" NOT NULL DEFAULT 'it''s away',
    zeitraum DATERANGE NOT NULL
);
