alter type listing_status add value 'reserved' before 'sold';
