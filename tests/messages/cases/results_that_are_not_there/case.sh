# a results file that is not there
"$ECOSIM" show results.h5
