-- views bypassed row level security
alter view shop_sales set (security_invoker = on);
alter view shop_ratings set (security_invoker = on);
alter view listing_favourites set (security_invoker = on);
