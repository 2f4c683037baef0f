alter view shop_sales rename to daily_shop_sales;
alter view daily_shop_sales rename column day to sold_on;
