"""Who a speaker is: the words beside a cue, and the person or body that they mean."""
