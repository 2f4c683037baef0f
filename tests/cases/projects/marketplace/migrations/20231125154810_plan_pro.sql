alter type shop_plan add value 'pro';
