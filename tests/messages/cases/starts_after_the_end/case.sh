# a measure that starts when the study is over: no fault, a warning
"$ECOSIM" check study.lua
