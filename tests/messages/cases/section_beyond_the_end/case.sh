# a section below the mouth of its river
"$ECOSIM" check study.lua
