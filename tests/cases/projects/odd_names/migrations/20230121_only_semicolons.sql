;
;; -- nothing here either
