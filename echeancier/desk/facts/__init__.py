"""Recording a fact, or putting one right: forms made from its model."""
