# a canal that leads water back to where it came from
"$ECOSIM" check study.lua
