# a wet year of measured rain
"$ECOSIM" check study.lua
