"""Services outside Kerfline that it asks for help, each behind an interface of its own and none of them needed."""
