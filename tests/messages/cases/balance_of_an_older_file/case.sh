# written before balances were kept (format version 1): the rest of it is still read
gzip -d -c older.h5.gz > older.h5 || exit 77
"$ECOSIM" show older.h5 >/dev/null || exit 99
"$ECOSIM" show --balance older.h5
