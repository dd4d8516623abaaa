# a rule that looks at a section that is not there
"$ECOSIM" check study.lua
