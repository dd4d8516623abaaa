# a surveyed section whose width falls upward
"$ECOSIM" check study.lua
