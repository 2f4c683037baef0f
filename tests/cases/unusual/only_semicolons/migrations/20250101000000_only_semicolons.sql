;;
 ; -- and a comment
;