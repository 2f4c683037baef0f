create operator family public."Fam 1" using btree;
create operator family public."Fam 1" using hash;
create operator class public."Class" for type text using hash family public."Fam 1" as operator 1 =, function 1 hashtext(text);
