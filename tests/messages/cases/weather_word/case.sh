# a word of weather that does not exist
"$ECOSIM" check study.lua
