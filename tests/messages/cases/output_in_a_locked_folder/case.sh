# results in a folder that may not be written
mkdir locked
chmod 555 locked
if (echo > locked/probe) 2>/dev/null; then
  echo "this user may write everywhere"
  exit 77
fi
"$ECOSIM" run study.lua --out locked/results.h5
