# a pump whose flow does not fall with its lift
"$ECOSIM" check study.lua
