"""Speed, as ratios against something that runs beside it: `make bench`."""
