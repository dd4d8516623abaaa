# a year that the climate does not know
"$ECOSIM" check study.lua
