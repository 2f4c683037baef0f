alter table addresses alter column country type country_code using upper(country)::country_code;
