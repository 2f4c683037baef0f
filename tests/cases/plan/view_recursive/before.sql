create recursive view public.nums (n) as values (1) union all select n + 1 from nums where n < 5;
