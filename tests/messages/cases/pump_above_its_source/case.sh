# a pump that starts at a level that its lake never reaches
"$ECOSIM" check study.lua
