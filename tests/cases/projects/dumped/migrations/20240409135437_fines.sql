CREATE TABLE public.fines (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  loan_id UUID NOT NULL REFERENCES public.loans(id) ON DELETE CASCADE,
  cents INTEGER NOT NULL CHECK (cents > 0),
  reason TEXT NOT NULL DEFAULT 'late',
  waived BOOLEAN NOT NULL DEFAULT FALSE,
  created_at TIMESTAMPTZ DEFAULT NOW()
);
ALTER TABLE public.fines ENABLE ROW LEVEL SECURITY;
CREATE POLICY "Librarians manage fines" ON public.fines USING (public.is_librarian());
CREATE INDEX ON public.fines (loan_id);
