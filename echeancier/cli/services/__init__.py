"""What runs for long: the robot, the worker, the desk, the partners' pages."""
