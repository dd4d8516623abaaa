# a rule with two faults: a unit and a misspelt field
"$ECOSIM" check study.lua
