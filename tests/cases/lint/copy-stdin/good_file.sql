copy private.t from '/srv/rows.csv' with (format csv);
