# all faults of a basin together
"$ECOSIM" check study.lua
