# a draw of what a water does not have
"$ECOSIM" check study.lua
