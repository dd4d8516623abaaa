# a script that is not there
"$ECOSIM" check study.lua
