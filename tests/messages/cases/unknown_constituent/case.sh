# a constituent that is none
"$ECOSIM" check study.lua
