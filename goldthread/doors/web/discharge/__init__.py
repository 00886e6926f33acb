"""The pages of the way out: ready or not, the flow from the reason to the signature, the packet, and what is seen afterwards."""
