# a balance is known after a run only
"$ECOSIM" show --balance study.lua
