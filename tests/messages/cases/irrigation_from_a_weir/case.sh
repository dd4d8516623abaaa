# irrigation from what is no intake
"$ECOSIM" check study.lua
