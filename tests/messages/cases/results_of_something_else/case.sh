# a file that is no results file
echo "id,name" > results.h5
"$ECOSIM" show results.h5
