"""How good a network is: what is kept of a judgement, and the figures it stands on."""
