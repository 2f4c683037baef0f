-- nothing; here
/* or; here */
;;
