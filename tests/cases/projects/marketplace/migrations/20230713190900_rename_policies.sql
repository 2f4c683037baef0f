alter policy "Public profiles are viewable by everyone." on profiles rename to profiles_select;
alter policy "Users can insert their own profile." on profiles rename to profiles_insert;
alter policy "Users can update own profile." on profiles rename to profiles_update;
