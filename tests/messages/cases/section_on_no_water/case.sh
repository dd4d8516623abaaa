# a section on a water that is not there
"$ECOSIM" check study.lua
