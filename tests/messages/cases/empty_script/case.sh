# a script without a study
"$ECOSIM" check study.lua
