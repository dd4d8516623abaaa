# results below what is no folder
echo > small
"$ECOSIM" run study.lua --out small/results.h5
