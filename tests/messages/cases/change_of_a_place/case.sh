# a change of what a source has for good
"$ECOSIM" check study.lua
