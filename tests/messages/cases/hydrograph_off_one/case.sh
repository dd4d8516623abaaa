# a unit hydrograph that makes water
"$ECOSIM" check study.lua
